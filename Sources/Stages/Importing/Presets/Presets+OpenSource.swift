extension Presets {
  static let osTicket = Preset(
    name: "osticket", summary: "osTicket queue export, with English headers",
    yaml: """
      version: 1
      mapping: osticket
      rows: tickets
      # Set the zone of the agent who exported: osTicket writes local times without an offset.
      # zone: America/Chicago
      timestamps: auto
      ticket:
        id: "Ticket Number"
        opened: "Date Created"
        resolved: "Closed Date"
        closed: "Closed Date"
        updated: "Last Updated"
        # A due date that an agent has set goes before that of the SLA plan.
        due: ["Due Date", "SLA Due Date"]
        status: "Current Status"
        priority: Priority
        group: ["Team Assigned"]
        department: Department
        # Add the field of your ticket form that names the customer: customer: [Company]
        category: "Help Topic"
        sla: "SLA Plan"
        channel: Source
        answered: Answered
        # osTicket takes the flag back when a ticket is closed, so it is no verdict.
        overdue: Overdue
        reopen_count: "Reopen Count"
        merged: Merged
        tasks: "Task Count"

      """)

  static let redmine = Preset(
    name: "redmine",
    summary: """
      Redmine issues: Dutch, English, French, German, Italian, Portuguese, Spanish headers
      """,
    yaml: """
      version: 1
      mapping: redmine
      rows: tickets
      # Set the zone of the user who exported: Redmine writes local times without an offset.
      # zone: Europe/Paris
      timestamps: auto
      ticket:
        id: "#"
        kind: [Tracker, Tipo]
        # In Brazilian Portuguese an "h" follows the time of day.
        opened:
          column: [Created, Angelegt, Créé, Creado, "Criado em", Criado, Creato, "Aangemaakt op"]
          without: [" h"]
        resolved:
          column: [Closed, "Geschlossen am", Fermé, Cerrada, Concluído, Fechado, Chiuso, Gesloten]
          without: [" h"]
        closed:
          column: [Closed, "Geschlossen am", Fermé, Cerrada, Concluído, Fechado, Chiuso, Gesloten]
          without: [" h"]
        updated:
          column: [Updated, Aktualisiert, Mis-à-jour, Actualizado, "Alterado em", Alterado,
                   Aggiornato, "Laatst gewijzigd op"]
          without: [" h"]
        # A day, not an instant.
        due_date: ["Due date", Abgabedatum, Echéance, "Fecha fin", "Data prevista", "Data de fim",
                   Scadenza, "Verwachte einddatum"]
        status: [Status, Statut, Estado, Situação, Stato]
        priority: [Priority, Priorität, Priorité, Prioridad, Prioridade, Priorità, Prioriteit]
        customer: [Project, Projekt, Projet, Proyecto, Projeto, Progetto]
        category: [Category, Kategorie, Catégorie, Categoría, Categoria, Categorie]
        version: ["Target version", Zielversion, "Version cible", "Versión prevista", Versão,
                  "Versione prevista", Versie]
        done: ["% Done", "% erledigt", "% réalisé", "% Realizado", "% Terminado", "% Completo",
               "% Completato", "% voltooid"]

      """)

  static let requestTracker = Preset(
    name: "request-tracker",
    summary: """
      Request Tracker (RT) spreadsheet: Dutch, English, French, German, Italian, Portuguese, Spanish
      """,
    yaml: """
      version: 1
      mapping: request-tracker
      rows: tickets
      # Set the zone of the user who exported: RT writes local times without an offset.
      # zone: America/New_York
      timestamps: auto
      missing: ["Not set", "Nicht angegeben", "Non renseigné", "No establecido", "Não definido",
                "Non impostato", "Niet gezet"]
      ticket:
        id: [id, "n°", identificador, Codice]
        opened: [Created, Erstellt, Créé, Creado, Criado, Creato, Gecreëerd]
        resolved: [Resolved, Erledigt, Résolu, Resuelto, Resolvido, Risolto, Opgelost]
        updated: [LastUpdated, "Last Updated", "Zuletzt aktualisiert", DateDernièreMAJ,
                  ÚltimaActualización, UltimaAtualizacao, ÚltimaActualização, UltimaModifica]
        due: [Due, Fällig, Échéance, "Fecha límite", Vencimento, Prazo, Scadenza, Verwacht]
        status: [Status, Statut, Estado, Stato]
        priority: [Priority, Priorität, Priorité, Prioridad, Prioridade, Priorità, Prioriteit]
        group: [QueueName, Bereichsname, NomFile, NombreCola, NomeFila, NomedaQueue, NomeCoda,
                WachtrijNaam, Queue]
        sla: [SLA, ANS]
        # Custom fields are columns of their own, such as customer: CF.{Customer}
      instants:
        # When the ticket left the status "new". Name it responded if that is your response.
        started: [Started, Begonnen, "Ouvert le", Comenzado, Iniciado, Iniziato, Gestart]
        last_contact: [Told, "Letzter Kontakt", Annoncé, "Última actualización",
                       "Última atualização", "Ultima Comunicazione a Richiedenti", Verteld]

      """)

  static let zammad = Preset(
    name: "zammad", summary: "Zammad report of tickets, saved as CSV, or its ticket table",
    yaml: """
      version: 1
      mapping: zammad
      rows: tickets
      # The names of the report come first, then those of the database. Set the zone that the last
      # line of the report names; the database holds UTC.
      # zone: Europe/Berlin
      timestamps: auto
      ticket:
        id: ["#", number]
        kind: Type
        opened: ["Created At", created_at]
        responded: ["First Response At", first_response_at]
        resolved: ["Closed At", close_at]
        closed: ["Closed At", close_at]
        updated: ["Updated At", updated_at]
        due: ["Close Escalation At", close_escalation_at]
        status: State
        priority: Priority
        group: Group
        customer: Organization
        channel: "Create Channel"
        sender: Sender
        tags: Tags
        # Working minutes by Zammad's own calendar, and what was left of the agreed ones.
        response_minutes: ["First Response In Min", first_response_in_min]
        response_margin_minutes: ["First Response Diff In Min", first_response_diff_in_min]
        solution_minutes: ["Close In Min", close_in_min]
        solution_margin_minutes: ["Close Diff In Min", close_diff_in_min]
      instants:
        response_due: ["First Response Escalation At", first_response_escalation_at]
        update_due: ["Update Escalation At", update_escalation_at]
        last_contact: ["Last Contact At", last_contact_at]
        last_agent_contact: ["Last Contact Agent At", last_contact_agent_at]
        last_customer_contact: ["Last Contact Customer At", last_contact_customer_at]
        pending_until: ["Pending till", pending_time]
      reported:
        clock: resolution
        breached: {column: ["Close Diff In Min", close_diff_in_min], when: "<0"}

      """)
}
