import ReportDocuments
import Results

/// What is given back of the fee, with the arithmetic written out.
struct CreditsWriter {
  let pack: PackView

  private var record: CreditRecord? { pack.results.credits?.first }
  private var label: String { pack.reported.label }

  /// Left out if the agreement has no terms for credits in any month shown.
  var section: Section? {
    guard let record, let last = record.months.last else { return nil }
    let month = record.month(label)
    var blocks: [Block] = []
    if let month {
      blocks +=
        [.paragraph(arithmetic(month))] + (month.lines.isEmpty ? [] : [.table(lines(month))])
    }
    if let adjustments = record.adjustments?.filter({ $0.period != label || $0.difference != 0 }),
      !adjustments.isEmpty
    {
      blocks.append(.table(table(adjustments)))
    }
    if record.months.count > 1 || month == nil { blocks.append(.table(months(record))) }
    let due = month == nil ? nil : record.grants(reported: label).map(\.amount)
    return Section(
      id: "credits", title: title(record, month), contents: "Service credits",
      mark: due.map { Words.money($0.reduce(0, Self.plus), last.unit) } ?? "", blocks: blocks)
  }

  private static func plus(_ left: Int64, _ right: Int64) -> Int64 {
    Int64(clamping: Int128(left) + Int128(right))
  }

  private func title(_ record: CreditRecord, _ month: CreditMonth?) -> String {
    let name = Words.period(label, year: false)
    guard let month else { return "Service credits, month by month" }
    guard let credit = month.credit else { return "No credit is worked out for \(name) yet" }
    let others = (record.adjustments ?? []).filter { $0.period != label && $0.difference != 0 }
    let more =
      others.isEmpty
      ? ""
      : "; \(Words.list(others.map { Words.period($0.period, year: false) })) "
        + "\(others.count == 1 ? "is" : "are") adjusted"
    if let own = record.adjustment(of: label) {
      let granted = Words.money(own.grantedSum, month.unit)
      guard own.difference != 0 else {
        return "The credit of \(name) was granted before: \(granted)" + more
      }
      return "\(name) was granted \(granted), and earns \(Words.money(credit, month.unit)): "
        + "\(Words.change(own.difference, month.unit)) to adjust" + more
    }
    return
      (credit == 0
      ? "\(name) earns no credit" : "\(name) earns a credit of \(Words.money(credit, month.unit))")
      + more
  }

  /// The sum, the cap and the credit in one paragraph.
  private func arithmetic(_ month: CreditMonth) -> String {
    guard let credit = month.credit else {
      return "No credit is worked out for \(Words.period(month.period, year: true)): "
        + "\(month.reason)."
    }
    var sentences: [String] = []
    if let fee = month.fee {
      sentences.append("The fee of the month is \(Words.money(fee, month.unit)).")
    }
    let earning = month.lines.filter { $0.amount != 0 }
    let total = Words.money(month.sum, month.unit)
    if earning.count > 1 {
      sentences.append(
        earning.map { Words.money($0.amount, month.unit) }.joined(separator: " + ")
          + " = \(total).")
    }
    if let cap = month.cap {
      let share = month.capShare.map { " (\(Words.percent(millionths: $0)) of the fee)" } ?? ""
      let limit = "\(Words.money(cap, month.unit))\(month.fee == nil ? "" : share)"
      sentences.append(
        month.sum > cap
          ? "A month earns at most \(limit), so that the credit is "
            + "\(Words.money(credit, month.unit)) and not \(total)."
          : "A month earns at most \(limit), which \(total) does not pass.")
    }
    let isIssued = pack.results.issues?.first != nil
    sentences.append(
      isIssued
        ? "What this issue grants stays; later changes are lines of later packs."
        : "Worked out from what is known now; the pack that is issued first grants it.")
    return sentences.joined(separator: " ")
  }

  private func lines(_ month: CreditMonth) -> Table {
    Table(
      title: "How it is worked out",
      subtitle: "A band reaches from its lower edge up to the next one, without it; shares are "
        + "compared exactly, not as they are printed.",
      columns: [
        .init("Figure"), .init("Reached"), .init("Band"), .init("Of the fee", isNumeric: true),
        .init("Credit", isNumeric: true),
      ],
      rows: month.lines.map { line in
        [
          .text(line.title), .text(reached(line)), .text(band(line)),
          line.share.map { .text(Words.percent(millionths: $0)) } ?? .notMeasured,
          .text(Words.money(line.amount, month.unit)),
        ]
      },
      sums: [
        .text("Sum"), .text(""), .text(""), .text(""), .text(Words.money(month.sum, month.unit)),
      ], isRecords: true)
  }

  /// `43 of 47, 91.4 %`, or why there is nothing.
  private func reached(_ line: CreditLine) -> String {
    guard line.reason.isEmpty, line.whole > 0 else { return Words.capitalised(line.reason) }
    let share =
      line.part > line.whole
      ? "over 100\(Words.space)%" : share(line).map { Words.percent($0) } ?? ""
    guard line.obligation == nil else { return share }
    return "\(Words.grouped(Int(line.part))) of \(Words.grouped(Int(line.whole))), \(share)"
  }

  /// With so many decimals that it is printed on its side of the band's edges.
  private func share(_ line: CreditLine) -> Share? {
    let edges = [line.from, line.below].compactMap { $0 }.filter { $0 > 0 }
    let shares = edges.compactMap {
      ObligationPeriod.fittedShare(line.part, of: line.whole, objective: $0)
    }
    return shares.max { $0.decimals < $1.decimals }
      ?? ObligationPeriod.fittedShare(line.part, of: line.whole, objective: nil)
  }

  private func band(_ line: CreditLine) -> String {
    guard let from = line.from else { return "–" }
    let low = Words.percent(millionths: from)
    guard let below = line.below else { return "\(low) and more" }
    return "\(low) up to \(Words.percent(millionths: below))"
  }

  private func table(_ adjustments: [CreditAdjustment]) -> Table {
    Table(
      title: "Months that were issued before",
      subtitle: "What their packs granted, and what is to be added or taken back now.",
      columns: [
        .init("Month"), .init("Granted"), .init("In all", isNumeric: true),
        .init("As now known", isNumeric: true), .init("Adjustment", isNumeric: true),
      ],
      rows: adjustments.map { adjustment in
        let unit = adjustment.unit
        return [
          .text(Words.period(adjustment.period, year: true)), .text(granted(adjustment)),
          .text(Words.money(adjustment.grantedSum, unit)),
          adjustment.now.map { .text(Words.money($0, unit)) }
            ?? .text(Words.capitalised(adjustment.reason)),
          .text(adjustment.now == nil ? "–" : Words.change(adjustment.difference, unit)),
        ]
      }, note: "“What changed since issued” names the tickets.", isRecords: true)
  }

  private func granted(_ adjustment: CreditAdjustment) -> String {
    guard !adjustment.granted.isEmpty else { return "Nothing, as its pack had no such terms" }
    return adjustment.granted.map { grant in
      let unit = grant.unit == adjustment.unit.name ? adjustment.unit : nil
      let amount = unit.map { Words.money(grant.amount, $0) } ?? "\(grant.amount) \(grant.unit)"
      return "\(amount) with issue \(grant.issue) of \(Words.period(grant.pack, year: false))"
    }.joined(separator: "; ")
  }

  private func months(_ record: CreditRecord) -> Table {
    Table(
      title: "Month by month, as now known",
      columns: [
        .init("Month"), .init("Sum", isNumeric: true), .init("At most", isNumeric: true),
        .init("Credit", isNumeric: true), .init("No credit because"),
      ],
      rows: record.months.map { month in
        [
          .text(Words.period(month.period, year: true)),
          month.credit == nil ? .notMeasured : .text(Words.money(month.sum, month.unit)),
          month.cap.map { .text(Words.money($0, month.unit)) } ?? .notMeasured,
          month.credit.map { .text(Words.money($0, month.unit)) } ?? .notMeasured,
          .text(month.reason),
        ]
      }, isRecords: true)
  }
}

extension Words {
  /// An amount of the smallest units as `12,000.00 EUR`, or a share of the fee.
  static func money(_ amount: Int64, _ unit: CreditUnit) -> String {
    let sign = amount < 0 ? "\u{2212}" : ""
    if unit == .share {
      return sign + percent(millionths: Int64(clamping: amount.magnitude)) + " of the fee"
    }
    let scale = (0..<unit.decimals).reduce(UInt64(1)) { product, _ in product * 10 }
    let whole = grouped(Int(clamping: amount.magnitude / scale))
    guard unit.decimals > 0 else { return sign + whole + space + unit.name }
    let rest = String(amount.magnitude % scale)
    return sign + whole + "." + String(repeating: "0", count: unit.decimals - rest.count) + rest
      + space + unit.name
  }

  /// The same, with a sign.
  static func change(_ amount: Int64, _ unit: CreditUnit) -> String {
    (amount > 0 ? "+" : "") + money(amount, unit)
  }
}
