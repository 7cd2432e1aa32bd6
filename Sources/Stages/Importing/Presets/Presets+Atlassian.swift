extension Presets {
  static let jiraCloud = Preset(
    name: "jira-cloud",
    summary: """
      Jira Cloud and Service Management CSV: English, French, German, Portuguese, Spanish headers
      """,
    yaml: """
      version: 1
      mapping: jira-cloud
      rows: tickets
      # Set the zone of the user who exported: Jira writes local times without an offset.
      # zone: Europe/Madrid
      timestamps: auto
      ticket:
        id: ["Issue key", "Work item key", Vorgangsschlüssel, "Clé de ticket", "Chave da item",
             "Clave de incidencia"]
        kind: ["Issue Type", "Work Type", Vorgangstyp, "Type de ticket", "Tipo de item",
               "Tipo de Incidencia"]
        opened: [Created, Erstellt, Création, Criado, Creada]
        # Only the field of the gadgets holds the first response as an instant.
        responded: ["Custom field ([CHART] Date of First Response)",
                    "Benutzerdefinierte Felder ([CHART] Date of First Response)",
                    "Champs personnalisés ([CHART] Date of First Response)",
                    "Campo personalizado ([CHART] Date of First Response)"]
        resolved: [Resolved, Erledigt, Résolu, Resolvido, Resuelta]
        updated: [Updated, Aktualisiert, "Mise à jour", "Atualizado(a)", Actualizada]
        # A day, not an instant.
        due_date: ["Due date", Fälligkeitsdatum, "Date d'échéance", "Data limite",
                   "Fecha de vencimiento"]
        status: [Status, État, Estado]
        status_category: ["Status Category", Statuskategorie, "Catégorie d'état",
                          "Categoria do status", "Categoría de estado"]
        resolution: [Resolution, Lösung, Résolution, Resolução, Resolución]
        priority: [Priority, Priorität, Priorité, Prioridade, Prioridad]
        customer: ["Project key", Projektschlüssel, "Clé de projet", "Chave do projeto",
                   "Clave del proyecto"]
        project: ["Project name", Projektname, "Nom du projet", "Nome do projeto",
                  "Nombre del proyecto"]
        organization: [Organizations, "Custom field (Organizations)",
                       "Benutzerdefinierte Felder (Organizations)",
                       "Champs personnalisés (Organizations)", "Campo personalizado (Organizations)"]
        request_type: ["Custom field (Request Type)", "Benutzerdefinierte Felder (Request Type)",
                       "Champs personnalisés (Request Type)", "Campo personalizado (Request Type)"]
        # What was left of the agreed time, as h:mm; below zero it was missed.
        response_time_left: ["Custom field (Time to first response)",
                             "Benutzerdefinierte Felder (Time to first response)",
                             "Champs personnalisés (Time to first response)",
                             "Campo personalizado (Time to first response)"]
        resolution_time_left: ["Custom field (Time to resolution)", "Custom field (Time to done)",
                               "Benutzerdefinierte Felder (Time to resolution)",
                               "Champs personnalisés (Time to resolution)",
                               "Campo personalizado (Time to resolution)",
                               "Campo personalizado (Time to done)"]
      reported:
        clock: resolution
        breached:
          column: ["Custom field (Time to resolution)", "Custom field (Time to done)",
                   "Benutzerdefinierte Felder (Time to resolution)",
                   "Champs personnalisés (Time to resolution)",
                   "Campo personalizado (Time to resolution)",
                   "Campo personalizado (Time to done)"]
          when: "-*"

      """)

  static let jiraDataCenter = Preset(
    name: "jira-data-center",
    summary: "Jira Data Center and Server CSV: English, German, Spanish headers",
    yaml: """
      version: 1
      mapping: jira-data-center
      rows: tickets
      # Set the zone of the user who exported: Jira writes local times without an offset.
      # zone: Europe/Berlin
      timestamps: auto
      ticket:
        id: ["Issue key", Vorgangsschlüssel, "Clave de incidencia"]
        kind: ["Issue Type", Vorgangstyp, "Tipo de Incidencia"]
        opened: [Created, Erstellt, Creada]
        # Only the field of the gadgets holds the first response as an instant.
        responded: ["Custom field ([CHART] Date of First Response)",
                    "Benutzerdefinierte Felder ([CHART] Date of First Response)",
                    "Campo personalizado ([CHART] Date of First Response)"]
        resolved: [Resolved, Erledigt, Resuelta]
        updated: [Updated, Aktualisiert, Actualizada]
        # A day, not an instant.
        due_date: ["Due Date", Fälligkeitsdatum, "Fecha de vencimiento"]
        status: [Status, Estado]
        resolution: [Resolution, Lösung, Resolución]
        priority: [Priority, Priorität, Prioridad]
        customer: ["Project key", Projektschlüssel, "Clave del proyecto"]
        project: ["Project name", Projektname, "Nombre del proyecto"]
        project_url: ["Project url", Projekt-URL, "URL del proyecto"]
        # Several values are several columns of one name: Component/s#2 is the second.
        category: ["Component/s", Komponenten, Componentes]
        parent: ["Parent id", "Übergeordnete ID", "ID principal"]
        organization: ["Custom field (Organizations)", "Benutzerdefinierte Felder (Organizations)",
                       "Campo personalizado (Organizations)"]
        request_type: ["Custom field (Customer Request Type)",
                       "Benutzerdefinierte Felder (Customer Request Type)",
                       "Campo personalizado (Customer Request Type)"]
        # What was left of the agreed time, as h:mm; below zero it was missed.
        response_time_left: ["Custom field (Time to first response)",
                             "Benutzerdefinierte Felder (Time to first response)",
                             "Campo personalizado (Time to first response)"]
        resolution_time_left: ["Custom field (Time to resolution)",
                               "Benutzerdefinierte Felder (Time to resolution)",
                               "Campo personalizado (Time to resolution)"]
      reported:
        clock: resolution
        breached:
          column: ["Custom field (Time to resolution)",
                   "Benutzerdefinierte Felder (Time to resolution)",
                   "Campo personalizado (Time to resolution)"]
          when: "-*"

      """)
}
