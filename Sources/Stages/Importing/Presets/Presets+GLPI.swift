extension Presets {
  static let glpi = Preset(
    name: "glpi",
    summary: """
      GLPI ticket list: Dutch, English, French, German, Italian, Portuguese, Spanish headers
      """,
    yaml: """
      version: 1
      mapping: glpi
      rows: tickets
      # Set the zone of the server.
      # zone: America/Sao_Paulo
      timestamps: auto
      ticket:
        id: {column: ID, without: [" ", "\\u00a0", "\\u202f"]}
        kind: [Tipo, Type, Typ]
        opened: ["Data de abertura", "Opening date", "Date d'ouverture", "Fecha de apertura",
                 Erstellungsdatum, Eröffnungsdatum, "Data di apertura", Openingsdatum]
        responded:
          after: opened
          column: ["Estatísticas - Tempo de atribuição", "Statistics - Take into account time",
                   "Statistiques - Temps de prise en compte"]
          as: words
        resolved: ["Data da solução", "Resolution date", "Date de résolution", "Fecha de solución",
                   "Datum der Lösung", Lösungsdatum, "Data di risoluzione", "Data di soluzione",
                   Oplossingsdatum]
        closed: ["Data de fechamento", "Closing date", "Date de clôture", "Fecha de cierre",
                 Abschlussdatum, "Data di chiusura", Sluitingsdatum]
        updated: ["Última atualização", "Last update", "Dernière modification",
                  "Última actualización", "Letzte Änderung", "Letzte Aktualisierung",
                  "Ultima modifica", "Ultimo aggiornamento", "Laatste wijziging"]
        # Lists with progress hold the date, an empty line and a percentage.
        due:
          column: ["Tempo para solução", "Tempo para solução + Progresso", "Time to resolve",
                   "Time to resolve + Progress", TTR, "TTR + Progression", "Temps de résolution",
                   "Temps de résolution + Progression", "Tiempo de solución",
                   "Tiempo de solución + Progreso", Ablaufdatum]
          until: "\\n"
        status: [Status, Statut, Estado, Stato]
        priority: [Prioridade, Priority, Priorité, Prioridad, Priorität, Priorità, Prioriteit]
        category: [Categoria, Category, Catégorie, Categoría, Kategorie, Categorie]
        group: ["Atribuído - Grupo técnico", "Assigned to - Technician group",
                "Attribué à - Groupe de techniciens", "Asignado a: - Grupo técnico",
                "Asignado a: - Grupo de Tecnicos"]
        department: ["Plug-ins - Departamento - Departamento"]
        entity: [Entidade, Entity, Entité, Entidad, Einheit, Entità, Entiteit]
        location: [Localização, Location, Lieu, Ubicación, Standort, Luogo, Locatie]
        sla: ["SLA - SLA Tempo para solução", "SLA - SLA Time to resolve",
              "SLA - SLA Temps de résolution",
              "ANS (Acuerdo de nivel de servicio) - ANS (Acuerdo de nivel de servicio) \\
              Tiempo de solución"]
        exceeded: ["Tempo para resolver excedido", "Time to resolve exceeded",
                   "Temps de résolution dépassé", "Se superó el tiempo de resolución"]
      instants:
        response_due:
          column: ["Tempo para atendimento", "Tempo para atendimento + Progresso", "Time to own",
                   "Time to own + Progress", TTO, "TTO + Progression"]
          until: "\\n"
      paused_seconds:
        column: ["Estatísticas - Tempo de espera", "Statistics - Waiting time",
                 "Statistiques - Temps d'attente", "Estadísticas - Tiempo de espera"]
        counts: working
        as: words
      reported:
        clock: resolution
        breached:
          column: ["Tempo para resolver excedido", "Time to resolve exceeded",
                   "Temps de résolution dépassé", "Se superó el tiempo de resolución"]
          when: [Sim, "Yes", Oui, Sí, Si, Ja]
      units:
        {segundo: 1, segundos: 1, minuto: 60, minutos: 60, hora: 3600, horas: 3600, dia: 86400,
         dias: 86400, día: 86400, días: 86400, second: 1, seconds: 1, minute: 60, minutes: 60,
         hour: 3600, hours: 3600, day: 86400, days: 86400, seconde: 1, secondes: 1, heure: 3600,
         heures: 3600, jour: 86400, jours: 86400, sekunde: 1, sekunden: 1, minuten: 60,
         stunde: 3600, stunden: 3600, tag: 86400, tage: 86400, secondo: 1, secondi: 1, minuti: 60,
         ora: 3600, ore: 3600, giorno: 86400, giorni: 86400}

      """)
}
