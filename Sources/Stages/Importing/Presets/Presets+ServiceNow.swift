extension Presets {
  static let serviceNowIncident = Preset(
    name: "servicenow-incident",
    summary: "ServiceNow incident list, one row a ticket",
    yaml: """
      version: 1
      mapping: servicenow-incident
      rows: tickets
      # A list exported as CSV has the names of fields (opened_at), whatever the language; one saved
      # from Excel has the labels of the user's language. Columns that are not found here are found
      # once they are added to these lists.
      # Set the zone of the user who exported: ServiceNow writes local times without an offset.
      # zone: Europe/London
      timestamps: auto
      missing: ["?", "null", "NULL"]
      ticket:
        id: [number, Nummer, Numéro, Número, Numero, 番号]
        kind: {value: incident}
        opened: [opened_at, Opened, Geöffnet, Ouvert, Abierto, "Aberto(a)", Aberto, Aperto, Geopend,
                 開始日時, オープン日時, sys_created_on, sys_created_at, Created, Erstellt, Créé,
                 Creado, "Criado em", Creato, Gemaakt, 作成日時]
        responded: [responded_at, u_responded_at, first_response_at, Responded]
        resolved: [resolved_at, Resolved, Gelöst, Résolu, Resuelto, Resolvido, Risolto, Opgelost,
                   解決日時]
        closed: [closed_at, Closed, Geschlossen, Fermé, Clos, Cerrado, Fechado, Encerrado, Chiuso,
                 Gesloten, クローズ日時]
        updated: [sys_updated_on, sys_updated_at, last_update, Updated, Aktualisiert, "Mis à jour",
                  Actualizado, "Atualizado em", Atualizado, Aggiornato, Bijgewerkt, 更新日時]
        due: [due_date, sla_due, "Due date", "SLA due"]
        status: [incident_state, state, "Incident state", Status, État, Estado, Stato, ステータス]
        # "1 - Critical" is 1, whatever the language.
        priority:
          column: [priority, Priorität, Priorité, Prioridad, Prioridade, Priorità, Prioriteit,
                   優先度, severity]
          until: " - "
        group: [assignment_group, "Assignment group", Zuweisungsgruppe, "Groupe d'affectation",
                "Grupo de asignación", "Grupo de atribuição", "Gruppo di assegnazione",
                Toewijzingsgroep, アサイン先グループ]
        category: [category, Kategorie, Catégorie, Categoría, Categoria, Categorie, カテゴリ]
        service: [business_service, Service, Servicio, Serviço, Servizio, サービス, cmdb_ci,
                  "Configuration item"]
        department: [department, u_department, caller_id.department, Abteilung]
        customer: [company, Unternehmen, Société, Empresa, Azienda, Bedrijf]
        location: [location, user_location, Standort, Emplacement, Ubicación, Localização, Sede,
                   Locatie]
        contact_type: [contact_type, Channel, "Contact type"]
        reopen_count: [reopen_count, "Reopen count"]
        made_sla: [made_sla, "Made SLA"]
      # The flag of the older engine: where SLAs are defined in task_sla, export those instead.
      reported:
        clock: resolution
        breached: {column: [made_sla, "Made SLA"], when: ["false", "False", "FALSE"]}

      """)

  static let serviceNowAuditLog = Preset(
    name: "servicenow-audit-log",
    summary: "ServiceNow incident versions, one row for each change of a record",
    yaml: """
      version: 1
      mapping: servicenow-audit-log
      rows: snapshots
      # Set the zone of the user who exported: ServiceNow writes local times without an offset.
      # zone: America/Sao_Paulo
      timestamps: auto
      missing: ["?", "null", "NULL"]
      ticket:
        id: number
        kind: {value: incident}
        opened: opened_at
        resolved: resolved_at
        closed: closed_at
        updated: [sys_updated_at, sys_updated_on]
        due: [due_date, sla_due]
        status: [incident_state, state]
        # "1 - Critical" is 1, whatever the language.
        priority: {column: priority, until: " - "}
        impact: {column: impact, until: " - "}
        urgency: {column: urgency, until: " - "}
        group: assignment_group
        category: category
        subcategory: subcategory
        service: [business_service, cmdb_ci]
        department: [department, u_department, caller_id.department]
        customer: company
        location: location
        contact_type: contact_type
        reopen_count: reopen_count
        made_sla: made_sla
      # The number of the version; the list's rows may be in any order.
      order: sys_mod_count
      reported: {clock: resolution, breached: {column: made_sla, when: ["false", "False", "FALSE"]}}

      """)
}
