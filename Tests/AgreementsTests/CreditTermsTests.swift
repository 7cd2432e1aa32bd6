import Agreements
import Foundation
import TestSupport
import Testing

@Suite("Terms of service credits")
struct CreditTermsTests {
  private static let percent: Int64 = 1_000_000

  private static func terms(fee: Int64?, _ bands: [(Int64, Int64)]) -> CreditTerms {
    CreditTerms(
      currency: .init("GBP"), fee: fee, cap: nil,
      rules: [
        .init(
          subject: .clock("resolution", tier: nil),
          bands: bands.map { .init(from: $0.0 * percent, credit: .share($0.1 * percent)) })
      ])
  }

  @Test("A band holds its lower edge and not the next one, by counts and not as printed")
  func halfOpen() {
    let rule = Self.terms(fee: 100, [(0, 20), (90, 5), (95, 0)]).rules[0]
    #expect(rule.band(of: 95, in: 100)?.from == 95 * Self.percent)
    // 94.99996 % is printed as 95.0 % with one decimal.
    #expect(rule.band(of: 2_374_999, in: 2_500_000)?.from == 90 * Self.percent)
    #expect(rule.band(of: 9, in: 10)?.from == 90 * Self.percent)
    #expect(rule.band(of: 89, in: 99)?.from == 0)
    #expect(rule.band(of: 0, in: 7)?.from == 0)
    #expect(rule.band(of: 0, in: 0) == nil)
    // A volume may be above what is owed.
    #expect(rule.band(of: 12, in: 10)?.from == 95 * Self.percent)
    #expect(rule.band(of: .max, in: .max)?.from == 95 * Self.percent)
    #expect(rule.band(of: .max - 1, in: .max)?.from == 95 * Self.percent)
  }

  @Test("A share of the fee is rounded half up to the smallest unit, once for each rule")
  func rounding() {
    // 2.5 % of 4,800.20 is 120.005; of 4,800.19 it is 120.00475.
    #expect(Self.terms(fee: 480_020, []).amount(.share(2_500_000)) == 12_001)
    #expect(Self.terms(fee: 480_019, []).amount(.share(2_500_000)) == 12_000)
    #expect(
      Self.terms(fee: 999_999_999_999_999, []).amount(.share(100_000_000)) == 999_999_999_999_999)
    #expect(Self.terms(fee: nil, []).amount(.share(2_500_000)) == 2_500_000)
    #expect(Self.terms(fee: 1, []).amount(.amount(75_000)) == 75_000)
  }

  @Test("Currencies have the decimals of ISO 4217")
  func currencies() {
    #expect(CreditTerms.Currency("EUR")?.decimals == 2)
    #expect(CreditTerms.Currency("JPY")?.decimals == 0)
    #expect(CreditTerms.Currency("KWD")?.decimals == 3)
    for wrong in ["", "eur", "EURO", "E1R", "€"] { #expect(CreditTerms.Currency(wrong) == nil) }
  }

  /// Decimal numbers of Foundation, 38 digits: nothing is divided before it is compared.
  @Test("Bands and amounts are those of a slow way with decimals", arguments: 0..<12)
  func oracle(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<400 {
      let whole = Int64.random(in: 1...200, using: &random)
      let part = Int64.random(in: 0...whole, using: &random)
      let fee = Int64.random(in: 0...10_000_000, using: &random)
      // Edges at shares that occur, so that many cases lie on an edge.
      var edges: Set<Int64> = [0]
      for _ in 0..<4 {
        edges.insert(100 * Int64.random(in: 0...whole, using: &random) * Self.percent / whole)
      }
      let sorted = edges.sorted()
      let bands = sorted.map { edge in
        CreditTerms.Band(
          from: edge, credit: .share(Int64.random(in: 0...100_000_000, using: &random)))
      }
      let terms = CreditTerms(
        currency: .init("GBP"), fee: fee, cap: nil,
        rules: [.init(subject: .obligation("x"), bands: bands)])
      let slow = bands.filter {
        Decimal($0.from) * Decimal(whole) <= Decimal(part) * 100 * Decimal(Self.percent)
      }.max { $0.from < $1.from }
      let found = terms.rules[0].band(of: part, in: whole)
      #expect(found == slow)
      guard case .share(let share)? = found?.credit else { continue }
      var exact = Decimal(fee) * Decimal(share) / Decimal(100_000_000)
      var rounded = Decimal()
      NSDecimalRound(&rounded, &exact, 0, .plain)
      #expect(Decimal(terms.amount(.share(share))) == rounded, "\(fee) \(share)")
    }
  }
}
