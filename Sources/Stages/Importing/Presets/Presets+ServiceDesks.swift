extension Presets {
  static let zendesk = """
    version: 1
    mapping: zendesk
    rows: tickets
    # Set the zone of the account: Zendesk writes local times without an offset.
    # zone: Europe/London
    timestamps: auto
    missing: ["1900-01-01 00:00:00", "-"]
    ticket:
      id: Id
      kind: ["Ticket type", Type]
      opened: "Created at"
      responded: {after: opened, column: "First reply time in minutes", as: minutes}
      resolved: "Solved at"
      updated: "Updated at"
      due: ["Due date", "Due at"]
      status: Status
      priority: Priority
      group: Group
      customer: [Organization, "Organization name"]
      channel: Via
      category: ["Ticket Category [list]", "Manual Tagging of Categories [list]"]
      satisfaction: "Satisfaction Score"
      reopens: Reopens
      full_resolution_minutes: "Full resolution time in minutes"
      full_resolution_business_minutes: "Full resolution time in minutes within business hours"
    instants:
      assigned: "Assigned at"
      first_assigned: "Initially assigned at"

    """

  static let otrs = """
    version: 1
    mapping: otrs
    rows: tickets
    # Set the zone of the server.
    # zone: America/Fortaleza
    timestamps: auto
    ticket:
      id: ["Ticket#", "Ticket Number", TicketNumber]
      opened: [Criado, Created]
      responded: ["Primeira Resposta", "First Response", FirstResponse]
      resolved: ["Hora de Fechamento", "Close Time", Closed]
      closed: ["Hora de Fechamento", "Close Time", Closed]
      updated: ["Última Alteração", "Last Changed", Changed]
      status: [Estado, State]
      status_type: StateType
      priority: [Prioridade, Priority]
      group: [Fila, Queue]
      customer: ["ID do Cliente", CustomerID, "Customer ID"]
      service: [Serviço, Service]
      sla: SLA
      solution_minutes: ["Tempo de solução em minutos", "Solution in Minutes", SolutionInMin]
      solution_margin_minutes: ["Delta de tempo de solução em minutos",
                                "Solution Difference in Minutes", SolutionDiffInMin]

    """

  static let glpi = """
    version: 1
    mapping: glpi
    rows: tickets
    # Set the zone of the server.
    # zone: America/Sao_Paulo
    timestamps: auto
    ticket:
      id: {column: ID, without: [" ", "\\u00a0", "\\u202f"]}
      kind: [Tipo, Type]
      opened: ["Data de abertura", "Opening date", "Date d'ouverture"]
      responded:
        after: opened
        column: ["Estatísticas - Tempo de atribuição", "Statistics - Take into account time",
                 "Statistiques - Temps de prise en compte"]
        as: words
      resolved: ["Data da solução", "Resolution date", "Date de résolution"]
      closed: ["Data de fechamento", "Closing date", "Date de clôture"]
      updated: ["Última atualização", "Last update", "Dernière modification"]
      # Lists with progress hold the date, an empty line and a percentage.
      due:
        column: ["Tempo para solução", "Tempo para solução + Progresso", "Time to resolve",
                 "Time to resolve + Progress", TTR, "TTR + Progression", "Temps de résolution",
                 "Temps de résolution + Progression"]
        until: "\\n"
      status: [Status, Statut]
      priority: [Prioridade, Priority, Priorité]
      category: [Categoria, Category, Catégorie]
      group: ["Atribuído - Grupo técnico", "Assigned to - Technician group",
              "Attribué à - Groupe de techniciens"]
      department: ["Plug-ins - Departamento - Departamento"]
      entity: [Entidade, Entity, Entité]
      location: [Localização, Location, Lieu]
      sla: ["SLA - SLA Tempo para solução", "SLA - SLA Time to resolve",
            "SLA - SLA Temps de résolution"]
      exceeded: ["Tempo para resolver excedido", "Time to resolve exceeded",
                 "Temps de résolution dépassé"]
    instants:
      response_due:
        column: ["Tempo para atendimento", "Tempo para atendimento + Progresso", "Time to own",
                 "Time to own + Progress", TTO, "TTO + Progression"]
        until: "\\n"
    paused_seconds:
      column: ["Estatísticas - Tempo de espera", "Statistics - Waiting time",
               "Statistiques - Temps d'attente"]
      counts: working
      as: words
    reported:
      clock: resolution
      breached:
        column: ["Tempo para resolver excedido", "Time to resolve exceeded",
                 "Temps de résolution dépassé"]
        when: [Sim, "Yes", Oui]
    units:
      {segundo: 1, segundos: 1, minuto: 60, minutos: 60, hora: 3600, horas: 3600, dia: 86400,
       dias: 86400, second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3600, hours: 3600,
       day: 86400, days: 86400, seconde: 1, secondes: 1, heure: 3600, heures: 3600, jour: 86400,
       jours: 86400}

    """

  static let jiraCloud = """
    version: 1
    mapping: jira-cloud
    rows: tickets
    # Set the zone of the user who exported: Jira writes local times without an offset.
    # zone: Europe/Madrid
    timestamps: auto
    ticket:
      id: ["Issue key", "Clave de incidencia"]
      kind: ["Issue Type", "Tipo de Incidencia"]
      opened: [Created, Creada]
      resolved: [Resolved, Resuelta]
      updated: [Updated, Actualizada]
      due: ["Due date", "Fecha de vencimiento"]
      status: [Status, Estado]
      status_category: ["Status Category", "Categoría de estado"]
      resolution: [Resolution, Resolución]
      priority: [Priority, Prioridad]
      customer: ["Project key", "Clave del proyecto"]
      project: ["Project name", "Nombre del proyecto"]

    """
}
