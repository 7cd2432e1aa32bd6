extension Presets {
  static let serviceNowTaskSLA = Preset(
    name: "servicenow-task-sla",
    summary: "ServiceNow task SLAs (task_sla, incident_sla), one row an SLA of a task",
    yaml: """
      version: 1
      mapping: servicenow-task-sla
      rows: tickets
      # One row is one SLA of one task (table task_sla, or the view incident_sla). A task has several,
      # and one SLA may be attached to it again, so the id is the task, the SLA and its start together.
      # Tiers by SLA: {sla: "Priority 1 resolution*"}; clocks from opened to resolved.
      # Set the zone of the user who exported: ServiceNow writes local times without an offset.
      # zone: Europe/London
      timestamps: auto
      missing: ["null", "NULL", "UNKNOWN"]
      ticket:
        id:
          join:
            - [task, inc_number, task.number]
            - [sla, taskslatable_sla, "SLA definition"]
            - [start_time, taskslatable_start_time, "Start time"]
        kind: {value: task-sla}
        opened: [start_time, taskslatable_start_time, "Start time"]
        resolved: [end_time, taskslatable_end_time, "Stop time"]
        updated: [sys_updated_on, taskslatable_sys_updated_on, Updated]
        due: [planned_end_time, taskslatable_planned_end_time, "Breach time"]
        status: [stage, taskslatable_stage]
        task: [task, inc_number, task.number]
        sla: [sla, taskslatable_sla, "SLA definition"]
        priority: {column: [task.priority, inc_priority, "Task.Priority"], until: " - "}
        group: [task.assignment_group, inc_assignment_group, "Task.Assignment group"]
        category: [task.category, inc_category, "Task.Category"]
        service: [task.business_service, inc_business_service, "Task.Service"]
        customer: [task.company, inc_company, "Task.Company"]
        # What ServiceNow itself counted, to compare with: seconds, or words.
        business_elapsed: [business_duration, taskslatable_business_duration, "Business elapsed time"]
        business_elapsed_percent:
          [business_percentage, taskslatable_business_percentage, "Business elapsed percentage"]
      instants:
        first_due: [original_breach_time, taskslatable_original_breach_time, "Original breach time"]
      # The first that the file has.
      paused_seconds:
        - column: [business_pause_duration, taskslatable_business_pause_duration,
                   "Business pause duration"]
          counts: working
          as: words
        - column: [pause_duration, taskslatable_pause_duration, "Pause duration"]
          counts: wall
          as: words
      reported:
        clock: resolution
        breached:
          column: [has_breached, taskslatable_has_breached, "Has breached"]
          when: ["true", "True", "TRUE"]
      # A number without a unit is seconds.
      units:
        {"": 1, second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3600, hours: 3600,
         day: 86400, days: 86400, sekunde: 1, sekunden: 1, minuten: 60, stunde: 3600, stunden: 3600,
         tag: 86400, tage: 86400, seconde: 1, secondes: 1, heure: 3600, heures: 3600, jour: 86400,
         jours: 86400, segundo: 1, segundos: 1, minuto: 60, minutos: 60, hora: 3600, horas: 3600,
         día: 86400, días: 86400, dia: 86400, dias: 86400, secondo: 1, secondi: 1, minuti: 60,
         ora: 3600, ore: 3600, giorno: 86400, giorni: 86400, seconden: 1, minuut: 60, uur: 3600,
         dag: 86400, dagen: 86400, 秒: 1, 分: 60, 時間: 3600, 日: 86400}

      """)

  static let serviceNowChange = Preset(
    name: "servicenow-change",
    summary: "ServiceNow change list, one row a change",
    yaml: """
      version: 1
      mapping: servicenow-change
      rows: tickets
      # Set the zone of the user who exported: ServiceNow writes local times without an offset.
      # zone: Europe/London
      timestamps: auto
      missing: ["?", "null", "NULL"]
      ticket:
        id: [number, Nummer, Numéro, Número, Numero, 番号]
        kind: {value: change}
        # Lists of changes often lack it; then nothing can be timed from the opening.
        opened:
          column: [opened_at, Opened, sys_created_on, Created, Geöffnet, Ouvert, Abierto, "Aberto(a)",
                   Aperto, Geopend, 開始日時]
          optional: yes
        resolved: [work_end, "Actual end", "Actual end date"]
        closed: [closed_at, Closed, Geschlossen, Fermé, Cerrado, Fechado, Chiuso, Gesloten, クローズ日時]
        updated: [sys_updated_on, Updated, Aktualisiert, "Mis à jour", Actualizado, "Atualizado em",
                  Aggiornato, Bijgewerkt, 更新日時]
        due: [end_date, "Planned end date", due_date, "Due date"]
        status: [state, Status, État, Estado, Stato, ステータス, u_chg_stage]
        substate: [u_substate, on_hold_reason]
        # "1 - Critical" is 1, whatever the language.
        priority:
          column: [priority, Priorität, Priorité, Prioridad, Prioridade, Priorità, Prioriteit, 優先度]
          until: " - "
        type: [type, chg_model]
        risk: {column: [risk], until: " - "}
        impact: {column: [impact, u_customer_impact], until: " - "}
        group: [assignment_group, "Assignment group", Zuweisungsgruppe, "Groupe d'affectation",
                "Grupo de asignación", "Grupo de atribuição", "Gruppo di assegnazione",
                Toewijzingsgroep, アサイン先グループ]
        category: [category, Kategorie, Catégorie, Categoría, Categoria, Categorie, カテゴリ]
        service: [business_service, cmdb_ci, Service, "Configuration item"]
        customer: [company, Company]
        location: [location, u_my_locations]
        close_code: [close_code, "Close code"]
      instants:
        approved: [approval_set, "Approval set"]
        planned_start: [start_date, "Planned start date"]
        work_started: [work_start, "Actual start", "Actual start date"]

      """)
}
