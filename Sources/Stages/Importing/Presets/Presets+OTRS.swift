extension Presets {
  static let otrs = Preset(
    name: "otrs",
    summary: "OTRS and OTOBO ticket list statistic: Dutch to Spanish headers, and attribute names",
    yaml: """
      version: 1
      mapping: otrs
      rows: tickets
      # Set the zone of the server, or the one in brackets: a statistic in another zone than the
      # server's writes "2026-03-02 08:10:00 (Europe/Berlin)".
      # zone: America/Fortaleza
      timestamps: auto
      ticket:
        id: ["Ticket#", "Ticket Number", TicketNumber]
        kind: [Type, Typ, Tipo]
        opened:
          column: [Created, Criado, Erstellt, Créé, Creado, Creato, Aangemaakt]
          until: " ("
        responded:
          column: ["Primeira Resposta", "First Response", FirstResponse]
          until: " ("
        resolved:
          column: ["Hora de Fechamento", "Close Time", Schließzeit, "Date de clôture",
                   "Date de fermeture", "Fecha de cierre", "Data di chiusura", Afsluitingstijd,
                   Closed]
          until: " ("
        closed:
          column: ["Hora de Fechamento", "Close Time", Schließzeit, "Date de clôture",
                   "Date de fermeture", "Fecha de cierre", "Data di chiusura", Afsluitingstijd,
                   Closed]
          until: " ("
        updated:
          column: ["Última Alteração", "Last Changed", "Zuletzt geändert", "Dernière modification",
                   "Último cambio", "Ultima modifica", "Laatst gewijzigd", Changed]
          until: " ("
        due: {column: SolutionTimeDestinationDate, until: " ("}
        status: [Estado, State, Status, État, Stato]
        status_type: StateType
        priority: [Prioridade, Priority, Priorität, Priorité, Prioridad, Priorità, Prioriteit]
        group: [Fila, Queue, File, Cola, Coda, Wachtrij]
        lock: [Bloquear, Lock, Sperren, Verrouiller]
        customer: ["ID do Cliente", CustomerID, "Customer ID", Kundennummer, "Identifiant client",
                   "ID del cliente", Klantcode]
        service: [Serviço, Service, Servicio, Servizio]
        sla: SLA
        accounted_time: ["Tempo Contabilizado", "Accounted time"]
        response_minutes: ["Primeira Resposta em Minutos", FirstResponseInMin]
        response_margin_minutes: ["Diferença de Tempo da Primeira Resposta em Minutos",
                                  FirstResponseDiffInMin]
        solution_minutes: ["Tempo de solução em minutos", "Solution in Minutes", SolutionInMin]
        solution_margin_minutes: ["Delta de tempo de solução em minutos",
                                  "Solution Difference in Minutes", SolutionDiffInMin]
      instants:
        response_due: {column: FirstResponseTimeDestinationDate, until: " ("}
        first_locked:
          column: ["First Lock", FirstLock, "Premier verrou"]
          until: " ("
      reported:
        clock: resolution
        breached:
          column: ["Delta de tempo de solução em minutos", "Solution Difference in Minutes",
                   SolutionDiffInMin]
          when: "<0"
          # What the system writes where nothing was promised.
          unless: "0"

      """)

  static let znuny = Preset(
    name: "znuny",
    summary: "Znuny search result and ticket list statistic: English, French, German, Portuguese",
    yaml: """
      version: 1
      mapping: znuny
      rows: tickets
      # Set the zone of the server, or the one in brackets: a statistic in another zone than the
      # server's writes "2026-03-02 08:10:00 (Europe/Berlin)".
      # zone: Europe/Berlin
      timestamps: auto
      ticket:
        # The statistic says Ticket#, the search result Ticket Number.
        id: ["Ticket#", "Ticket Number", Ticketnummer, "Numéro de ticket", "Número do Ticket"]
        kind: [Type, Typ, Tipo]
        opened: {column: [Created, Erstellt, Créé, Criado], until: " ("}
        responded:
          column: [FirstResponse, "First Response", "Erste Antwort", "Primeira Resposta"]
          until: " ("
        resolved:
          column: ["Close Time", Schließzeit, "Date de fermeture", "Hora de Fechamento", Closed,
                   Geschlossen, Fermés, Fechado]
          until: " ("
        closed:
          column: ["Close Time", Schließzeit, "Date de fermeture", "Hora de Fechamento", Closed,
                   Geschlossen, Fermés, Fechado]
          until: " ("
        updated:
          column: ["Last Changed", "Zuletzt geändert", "Dernière modification", "Última Alteração",
                   Changed]
          until: " ("
        due: {column: SolutionTimeDestinationDate, until: " ("}
        status: [State, Status, État, Estado]
        status_type: StateType
        priority: [Priority, Priorität, Priorité, Prioridade]
        group: [Queue, File, Fila]
        lock: [Lock, Sperren, Verrouiller, Bloquear]
        customer: ["Customer ID", CustomerID, Kundennummer, "Identifiant client", "ID do Cliente"]
        customer_name: ["Customer Name", Kundenname, "Nom du client", "Nome do Cliente"]
        service: [Service, Serviço]
        sla: SLA
        accounted_time: ["Accounted time", AccountedTime, "Tempo Contabilizado"]
        response_minutes: [FirstResponseInMin, "Primeira Resposta em Minutos"]
        response_margin_minutes: [FirstResponseDiffInMin,
                                  "Diferença de Tempo da Primeira Resposta em Minutos"]
        solution_minutes: [SolutionInMin, "Tempo de solução em minutos"]
        solution_margin_minutes: [SolutionDiffInMin, "Delta de tempo de solução em minutos"]
      instants:
        response_due: {column: FirstResponseTimeDestinationDate, until: " ("}
        first_locked: {column: [FirstLock, "First Lock", "Premier verrou"], until: " ("}
      reported:
        clock: resolution
        breached:
          column: [SolutionDiffInMin, "Delta de tempo de solução em minutos"]
          when: "<0"
          # What the system writes where nothing was promised.
          unless: "0"

      """)
}
