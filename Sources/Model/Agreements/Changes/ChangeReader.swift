import LocatedYAML
import Tickets

extension AgreementParser {
  static let changeKeys = [
    "rows", "shared", "days", "service", "services", "type", "title", "success", "failure",
    "caused-by",
  ]
  static let changeServiceKeys = ["name", "title", "availability", "tickets"]

  /// `changes:` of an agreement whose other parts were read.
  func changes(_ node: YAMLNode?, of agreement: Agreement) -> ChangeTerms? {
    guard let node,
      let fields = reader.fields(
        node, of: "\"changes\"", allowed: Self.changeKeys,
        required: ["rows", "service", "services", "success", "failure"])
    else { return nil }
    let parser = ChangeParser(agreement: self, read: agreement, fields: fields)
    return parser.terms()
  }
}

/// Reads `changes`.
private struct ChangeParser {
  let agreement: AgreementParser
  let read: Agreement
  let fields: YAMLFields

  private var reader: YAMLReader { agreement.reader }
  private static let mostDays = 366

  func terms() -> ChangeTerms? {
    let rows = fields["rows"].flatMap {
      ObligationParser(agreement: agreement, fields: fields).rows($0, of: "\"rows\" of changes")
    }
    let days = fields["days"].map { self.days($0) } ?? 7
    let services = self.services()
    let isShared = fields["shared"].flatMap { reader.flag($0, of: "\"shared\" of changes") }
    guard let rows, let days, let field = text("service"), let success = condition("success"),
      let failure = condition("failure")
    else { return nil }
    var terms = ChangeTerms(
      rows: rows, serviceField: field, services: services, success: success, failure: failure,
      days: days, isShared: isShared ?? false)
    (terms.typeField, terms.titleField, terms.causeField) = (
      text("type"), text("title"), text("caused-by")
    )
    if terms.causeField != nil, !services.contains(where: { $0.availability != nil }),
      let node = fields["caused-by"]
    {
      reader.report(.nothingCaused, at: node)
    }
    return terms
  }

  private func services() -> [ChangeTerms.Service] {
    guard let node = fields["services"],
      let items = reader.items(node, of: "\"services\" of changes")
    else { return [] }
    if items.isEmpty { reader.report(.noServices, at: node) }
    var services: [ChangeTerms.Service] = []
    for item in items {
      guard
        let inner = reader.fields(
          item, of: "a service of changes", allowed: AgreementParser.changeServiceKeys,
          required: ["name"]),
        let name = inner["name"].flatMap({ reader.text($0, of: "\"name\" of a service") })
      else { continue }
      if services.contains(where: { $0.name == name }) {
        reader.report(.twice(name), at: inner["name"] ?? item)
      }
      services.append(service(name, inner))
    }
    return services
  }

  private func service(_ name: String, _ inner: YAMLFields) -> ChangeTerms.Service {
    var service = ChangeTerms.Service(
      name: name,
      title: inner["title"].flatMap { reader.text($0, of: "\"title\" of a service") } ?? name)
    if let node = inner["availability"],
      let wanted = reader.text(node, of: "\"availability\" of a service")
    {
      let names = read.obligations.filter { $0.kind == .availability }.map(\.name)
      if names.contains(wanted) {
        service.availability = wanted
      } else {
        let hint = reader.hint(for: wanted, among: names)
        reader.report(.noAvailability(name, wanted) + hint, at: node)
      }
    }
    if let node = inner["tickets"] {
      if read.clocks.isEmpty { reader.report(.noClocks(name), at: node) }
      service.tickets = agreement.rules.condition(node, of: "\"tickets\" of service \"\(name)\"")
    }
    return service
  }

  private func days(_ node: YAMLNode) -> Int? {
    let form = "a number of days from 1 to \(Self.mostDays)"
    guard let text = reader.text(node, of: "\"days\" of changes", expected: form) else {
      return nil
    }
    if let days = Int(text), (1...Self.mostDays).contains(days) { return days }
    reader.report("\"days\" of changes is \"\(text)\", but must be \(form)", at: node)
    return nil
  }

  private func condition(_ key: String) -> Condition? {
    fields[key].flatMap { agreement.rules.condition($0, of: "\"\(key)\" of changes") }
  }

  private func text(_ key: String) -> String? {
    fields[key].flatMap { reader.text($0, of: "\"\(key)\" of changes") }
  }
}

extension String {
  fileprivate static let nothingCaused = """
    "caused-by" is a field of outages, but no service under "services" names its "availability"; \
    add it, or remove "caused-by"
    """
  fileprivate static let noServices =
    "\"services\" names no service whose changes are looked at; name one"

  fileprivate static func twice(_ name: String) -> String {
    "service \"\(name)\" is there twice; keep one"
  }

  fileprivate static func noAvailability(_ service: String, _ wanted: String) -> String {
    """
    service "\(service)" names obligation "\(wanted)", which is no availability of this agreement; \

    """
  }

  fileprivate static func noClocks(_ service: String) -> String {
    """
    service "\(service)" names "tickets", but the agreement has no clocks and judges no ticket; \
    remove it
    """
  }
}
