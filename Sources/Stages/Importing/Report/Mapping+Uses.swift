import Tickets

extension Mapping {
  /// By column of a header, the names under which the mapping reads it.
  func uses(of header: Header) -> [Int: [String]] {
    var uses: [Int: [String]] = [:]
    func add(_ name: String, _ source: CellSource?) {
      guard let source else { return }
      for column in header.indices(of: source) where !uses[column, default: []].contains(name) {
        uses[column, default: []].append(name)
      }
    }
    add("id", id)
    add("at", at)
    add("start", start)
    add("end", end)
    add("amount", amount)
    add("order", order)
    add("field", change?.field)
    add("from", change?.from)
    add("to", change?.to)
    for rule in moments { add(rule.name, rule.source) }
    for rule in fields { add(rule.name, rule.source) }
    for rule in paused { add("paused_seconds", rule.source) }
    for rule in pauses {
      add("pause by \(rule.party), from", rule.from)
      add("pause by \(rule.party), to", rule.to)
    }
    add("pauses", suspensions)
    add(reported.map { "reported verdict of \($0.clock)" } ?? "", reported?.source)
    return uses
  }

  /// What is made of the cells of a column beside instants, a sentence each.
  func conversions(of column: Int, in header: Header) -> [String] {
    var texts: [String] = []
    func reads(_ source: CellSource) -> Bool { header.indices(of: source).contains(column) }
    for rule in moments where reads(rule.source) {
      if let base = rule.after {
        texts.append("\(rule.format.rawValue) after \(base) make \(rule.name)")
      }
    }
    for rule in paused where reads(rule.source) {
      texts.append("\(rule.format.rawValue) of \(rule.counts == .wall ? "clock" : "working") time")
    }
    for rule in fields where reads(rule.source) {
      let renamed = values[rule.name] ?? [:]
      if let sample = renamed.min(by: { $0.key < $1.key }) {
        let more = renamed.count > 1 ? " and \(renamed.count - 1) more" : ""
        texts.append("\"\(sample.key)\" becomes \"\(sample.value)\"\(more)")
      }
    }
    let sources =
      [id, at, start, end].compactMap(\.self) + moments.map(\.source)
      + fields.map(\.source) + paused.map(\.source)
    for source in sources where reads(source) {
      if let until = source.until {
        texts.append("only what stands before \(ImportReport.shown(until)) counts")
      }
      if !source.without.isEmpty {
        let list = source.without.map(ImportReport.shown).joined(separator: ", ")
        texts.append("\(list) taken out")
      }
    }
    return texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The uses of a column, with what is done to personal ones.
  func told(_ use: [String], of column: String) -> [String] {
    if dropped.contains(column) || !dropped.isDisjoint(with: use) { return ["dropped"] }
    return isPersonal(column, use: use) ? use + ["hashed"] : use
  }

  /// Whether nothing of a column may be shown.
  func isPersonal(_ column: String, use: [String]) -> Bool {
    let personal = dropped.union(hashed)
    return personal.contains(column) || !personal.isDisjoint(with: use)
  }
}

extension ImportReport {
  /// A text in quotes, with what cannot be seen written out.
  static func shown(_ text: String) -> String {
    Array(text.utf8).withUnsafeBytes { quoted($0) }
  }
}
