import ReportDocuments
import Results
import ServiceTime

extension PackView {
  /// Promises that are not about single tickets, in the agreement's order.
  var obligations: [ObligationRecord] { results.obligations ?? [] }

  /// Whether the agreement judges no ticket at all.
  var hasObligationsAlone: Bool { agreement.clocks.isEmpty && !obligations.isEmpty }
}

extension ObligationRecord {
  /// The reported period.
  func current(in pack: PackView) -> ObligationPeriod? { period(pack.reported.label) }

  /// Such as `Sales to Marketing`.
  var parties: String { "\(by) to \(to)" }
}

extension ObligationPeriod {
  /// `nil` for a volume, and where nothing was measured.
  var share: Share? {
    guard volume == nil, (0...max(possible, 0)).contains(reached) else { return nil }
    return Self.fittedShare(reached, of: possible, objective: objective)
  }

  /// A share in lowest terms, its whole at most 90 thousand million: `nil` of nothing.
  ///
  /// What a share is compared with has eight digits more, and must fit 63 bits. A larger whole is
  /// cut to that size, downwards.
  static func fittedShare(_ reached: Int64, of possible: Int64, objective: Int64?) -> Share? {
    guard possible > 0 else { return nil }
    var (a, b) = (possible, reached)
    while b != 0 { (a, b) = (b, a % b) }
    let (part, whole) = (reached / a, possible / a)
    let most: Int64 = 90_000_000_000
    guard whole > most else { return Share(Int(part), of: Int(whole), objective: objective) }
    let fitting = Int64(Int128(part) * Int128(most) / Int128(whole))
    return Share(Int(fitting), of: Int(most), objective: objective)
  }

  /// What was reached, in words: a share, or an amount of what is owed.
  var reachedWords: String {
    if let volume { return "\(Words.amount(volume.accepted)) of \(Words.amount(volume.required))" }
    return share.map { Words.percent($0) } ?? "–"
  }

  var grade: Grade {
    switch state {
    case .met: .met
    case .pressed: .underPressure
    case .missed: .missed
    case .running, .partial: .partial
    case .noData: .noData
    }
  }

  /// The word of the `result` column.
  var result: String {
    switch state {
    case .met, .pressed: "met"
    case .missed: "missed"
    case .running: "running"
    case .noData: "no data"
    case .partial: "partial"
    }
  }
}

extension Words {
  /// An amount without its sign.
  static func amount(size millionths: Int64) -> String {
    amount(Int64(clamping: millionths.magnitude))
  }

  /// An amount in millionths, such as `80` or `36.129033`.
  static func amount(_ millionths: Int64) -> String {
    let whole = grouped(Int(millionths / 1_000_000))
    var digits = String(1_000_000 + millionths.magnitude % 1_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return digits.isEmpty ? whole : whole + "." + digits
  }
}
