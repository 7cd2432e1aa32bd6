/// What a provider gives back of a month's fee when promises are not kept.
///
/// See docs/DECISIONS.md, "Service credits".
package struct CreditTerms: Hashable, Sendable {
  package struct Currency: Hashable, Sendable {
    /// Three capital letters, as in ISO 4217.
    package let code: String

    package init?(_ code: String) {
      guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else {
        return nil
      }
      self.code = code
    }

    /// Decimals of an amount, by ISO 4217.
    package var decimals: Int {
      switch code {
      case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
        "VND", "VUV", "XAF", "XOF", "XPF":
        0
      case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
      default: 2
      }
    }
  }

  /// How large a credit, or the cap of credits, is.
  package enum Size: Hashable, Sendable {
    /// Millionths of a per cent of the fee.
    case share(Int64)
    /// The smallest units of the currency, such as pence.
    case amount(Int64)

    package var isNothing: Bool { self == .share(0) || self == .amount(0) }
  }

  package struct Band: Hashable, Sendable {
    /// The lowest attainment of the band, in millionths of a per cent; it ends below the next one.
    package let from: Int64
    package let credit: Size

    package init(from: Int64, credit: Size) {
      self.from = from
      self.credit = credit
    }
  }

  /// Whose attainment decides.
  package enum Subject: Hashable, Sendable {
    /// A clock, of one tier or, with `nil`, of all tiers together.
    case clock(String, tier: String?)
    case obligation(String)
  }

  package struct Rule: Hashable, Sendable {
    package let subject: Subject
    /// Ascending, the first from 0.
    package let bands: [Band]

    package init(subject: Subject, bands: [Band]) {
      self.subject = subject
      self.bands = bands
    }

    /// The band that holds a share; `nil` of nothing.
    ///
    /// - Parameters:
    ///   - part: At least 0.
    ///   - whole: Of the same unit.
    package func band(of part: Int64, in whole: Int64) -> Band? {
      guard whole > 0, part >= 0 else { return nil }
      let reached = Int128(part) * 100_000_000
      return bands.last { Int128($0.from) * Int128(whole) <= reached }
    }
  }

  /// `nil` if all credits are shares, and are told as shares.
  package var currency: Currency?
  /// Of a month, in the smallest units of the currency.
  package var fee: Int64?
  /// The most that a month can earn; `nil` if there is no limit.
  package var cap: Size?
  package var rules: [Rule]

  package init(currency: Currency?, fee: Int64?, cap: Size?, rules: [Rule]) {
    self.currency = currency
    self.fee = fee
    self.cap = cap
    self.rules = rules
  }

  /// An amount in the smallest units of the currency, a share of the fee rounded half up; without a
  /// fee, millionths of a per cent.
  package func amount(_ size: Size) -> Int64 {
    switch size {
    case .amount(let amount): amount
    case .share(let share):
      fee.map { Int64((2 * Int128($0) * Int128(share) + 100_000_000) / 200_000_000) } ?? share
    }
  }
}
