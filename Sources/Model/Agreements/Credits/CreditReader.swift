import LocatedYAML
import Tickets

extension AgreementParser {
  static let creditKeys = ["currency", "fee", "cap", "rules"]
  static let creditRuleKeys = ["clock", "tier", "obligation", "bands"]

  /// `credits:` of an agreement whose other parts were read.
  func credits(_ node: YAMLNode?, of agreement: Agreement) -> CreditTerms? {
    guard let node,
      let fields = reader.fields(
        node, of: "\"credits\"", allowed: Self.creditKeys, required: ["rules"])
    else { return nil }
    return CreditParser(reader: reader, agreement: agreement, fields: fields).terms()
  }
}

/// Reads `credits`.
private struct CreditParser {
  let reader: YAMLReader
  let agreement: Agreement
  let fields: YAMLFields
  private let currency: CreditTerms.Currency?

  init(reader: YAMLReader, agreement: Agreement, fields: YAMLFields) {
    self.reader = reader
    self.agreement = agreement
    self.fields = fields
    currency = fields["currency"].flatMap { node in
      let text = reader.text(node, of: "\"currency\"", expected: .currencyForm)
      let currency = text.flatMap { CreditTerms.Currency($0) }
      if text != nil, currency == nil {
        reader.report(
          "\"currency\" is \"\(text ?? "")\", but must be \(String.currencyForm)", at: node)
      }
      return currency
    }
  }

  func terms() -> CreditTerms? {
    if let fee = fields["fee"], fields["currency"] == nil { reader.report(.noCurrency, at: fee) }
    let fee = fields["fee"].flatMap { amount($0, of: "\"fee\"") }
    let cap = fields["cap"].flatMap { size($0, of: "\"cap\"") }
    guard let items = fields["rules"].flatMap({ reader.items($0, of: "\"rules\" of credits") })
    else { return nil }
    if items.isEmpty, let node = fields["rules"] { reader.report(.noRules, at: node) }
    var subjects: Set<CreditTerms.Subject> = []
    let rules = items.compactMap { item -> CreditTerms.Rule? in
      guard let rule = rule(item) else { return nil }
      if !subjects.insert(rule.subject).inserted { reader.report(.twice, at: item) }
      return rule
    }
    return CreditTerms(currency: currency, fee: fee, cap: cap, rules: rules)
  }

  private func rule(_ node: YAMLNode) -> CreditTerms.Rule? {
    guard
      let fields = reader.fields(
        node, of: "a rule of credits", allowed: AgreementParser.creditRuleKeys,
        required: ["bands"])
    else { return nil }
    let subject = subject(fields, at: node)
    let bands = fields["bands"].flatMap { self.bands($0) }
    guard let subject, let bands else { return nil }
    if !isAtMost(subject), let place = fields["bands"] { checkOrder(bands, at: place) }
    return CreditTerms.Rule(subject: subject, bands: bands)
  }

  private func subject(_ fields: YAMLFields, at node: YAMLNode) -> CreditTerms.Subject? {
    guard (fields["clock"] == nil) != (fields["obligation"] == nil) else {
      reader.report(.oneSubject, at: node)
      return nil
    }
    if let node = fields["obligation"] {
      if let tier = fields["tier"] { reader.report(.tierOfObligation, at: tier) }
      return name(node, "obligation", among: agreement.obligations.map(\.name)).map {
        .obligation($0)
      }
    }
    let clock = fields["clock"].flatMap {
      name($0, "clock", among: agreement.clocks.map(\.name))
    }
    guard let node = fields["tier"] else { return clock.map { .clock($0, tier: nil) } }
    let tier = name(node, "tier", among: agreement.tiers.map(\.name) + ["all"])
    guard let clock, let tier else { return nil }
    return .clock(clock, tier: tier == "all" ? nil : tier)
  }

  private func name(_ node: YAMLNode, _ what: String, among names: [String]) -> String? {
    guard let text = reader.text(node, of: "\"\(what)\" of a rule of credits") else { return nil }
    if names.contains(text) { return text }
    reader.report(
      "a rule of credits names \(what) \"\(text)\", which the agreement does not have; "
        + reader.hint(for: text, among: names), at: node)
    return nil
  }

  private func isAtMost(_ subject: CreditTerms.Subject) -> Bool {
    guard case .obligation(let name) = subject,
      case .ratio(let terms)? = agreement.obligations.first(where: { $0.name == name })?.terms
    else { return false }
    return terms.isAtMost
  }

  private func bands(_ node: YAMLNode) -> [CreditTerms.Band]? {
    guard let entries = reader.entries(node, of: "\"bands\"") else { return nil }
    var bands: [CreditTerms.Band] = []
    for entry in entries {
      let label = "\"bands\", \(entry.key)"
      guard let from = Self.share(entry.key) else {
        reader.report(.edge(entry.key), atKeyOf: entry)
        continue
      }
      if bands.contains(where: { $0.from == from }) { reader.report(.sameEdge, atKeyOf: entry) }
      guard let credit = size(entry.value, of: label) else { continue }
      bands.append(.init(from: from, credit: credit))
    }
    guard bands.count == entries.count else { return nil }
    bands.sort { $0.from < $1.from }
    if bands.first?.from != 0 { reader.report(.noLowest, at: node) }
    return bands
  }

  /// A worse share never earns less.
  private func checkOrder(_ bands: [CreditTerms.Band], at node: YAMLNode) {
    for (lower, upper) in zip(bands, bands.dropFirst()) {
      let isLess =
        switch (lower.credit, upper.credit) {
        case (.share(let low), .share(let high)), (.amount(let low), .amount(let high)): low < high
        case (.share, .amount), (.amount, .share): false
        }
      if isLess { reader.report(.earnsLess(Self.text(upper.from)), at: node) }
    }
  }

  /// `5%` of the fee, or an amount.
  private func size(_ node: YAMLNode, of label: String) -> CreditTerms.Size? {
    guard let text = reader.text(node, of: label, expected: .sizeForm) else { return nil }
    guard text.hasSuffix("%") else { return amount(node, of: label).map { .amount($0) } }
    guard let share = Self.share(text) else {
      reader.report("\(label) is \"\(text)\", but must be \(String.sizeForm)", at: node)
      return nil
    }
    if fields["currency"] != nil, fields["fee"] == nil {
      // Nothing of a fee that is not named is nothing.
      if share == 0 { return .amount(0) }
      reader.report(.noFee(label), at: node)
      return nil
    }
    return .share(share)
  }

  private func amount(_ node: YAMLNode, of label: String) -> Int64? {
    guard let text = reader.text(node, of: label, expected: .sizeForm) else { return nil }
    guard fields["currency"] != nil else {
      if label != "\"fee\"" { reader.report(.amountWithoutCurrency(label, text), at: node) }
      return nil
    }
    guard let currency else { return nil }
    let unit = (0..<(6 - currency.decimals)).reduce(Int64(1)) { product, _ in product * 10 }
    guard let decimal = ValuePattern.Decimal(text), decimal.millionths >= 0,
      decimal.millionths < Self.tooMuch, decimal.millionths % unit == 0
    else {
      reader.report(.notAnAmount(label, text, currency), at: node)
      return nil
    }
    return decimal.millionths / unit
  }

  /// 10,000 million, in millionths: far above any fee, and far below what would overflow.
  private static let tooMuch: Int64 = 10_000_000_000_000_000

  /// `95%` or `99.95 %`, from 0 to 100, in millionths of a per cent.
  private static func share(_ text: String) -> Int64? {
    guard text.hasSuffix("%") else { return nil }
    var number = text.dropLast()
    while number.last == " " { number.removeLast() }
    guard let decimal = ValuePattern.Decimal(String(number)),
      (0...100 * Objective.decimals).contains(decimal.millionths)
    else { return nil }
    return decimal.millionths
  }

  private static func text(_ share: Int64) -> String {
    Objective(millionthsOfPercent: share).text + "%"
  }
}

extension String {
  fileprivate static let currencyForm = "three capital letters like EUR"
  fileprivate static let sizeForm = "a share of the fee like 5%, or an amount like 500.00"

  fileprivate static let noCurrency =
    "\"fee\" is an amount, so \"currency\" must say of what; add it, such as EUR"
  fileprivate static let noRules = "\"rules\" of credits names no rule; leave \"credits\" out then"
  fileprivate static let twice =
    "two rules of credits are about the same figure; write one, with all its bands"
  fileprivate static let oneSubject =
    "a rule of credits needs one of \"clock\" and \"obligation\"; write exactly one of the two"
  fileprivate static let tierOfObligation = "an obligation has no tiers; remove \"tier\""
  fileprivate static let sameEdge = "two bands begin there; keep one"
  fileprivate static let noLowest =
    "no band begins at 0%, so that low figures would have none; add 0% with its credit"

  fileprivate static func edge(_ text: String) -> String {
    "a band begins at \"\(text)\", but must begin at a percentage from 0% to 100%, like 95%"
  }

  fileprivate static func earnsLess(_ edge: String) -> String {
    "from \(edge) on more is credited than below it, but a worse figure cannot earn less; swap them"
  }

  fileprivate static func noFee(_ label: String) -> String {
    "\(label) is a share of the fee, but there is no \"fee\"; add it, or write an amount"
  }

  fileprivate static func amountWithoutCurrency(_ label: String, _ text: String) -> String {
    "\(label) is \"\(text)\": an amount needs \"currency\"; add it, or write a share like 5%"
  }

  fileprivate static func notAnAmount(
    _ label: String, _ text: String, _ currency: CreditTerms.Currency
  ) -> String {
    let form =
      currency.decimals == 0
      ? "like 500" : "with at most \(currency.decimals) decimals, like 500.00"
    return """
      \(label) is "\(text)", but must be an amount of \(currency.code) \(form), without commas, \
      and under 10000000000
      """
  }
}
