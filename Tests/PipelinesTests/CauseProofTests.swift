import Results
import Testing

@Suite("Causes proven by replays")
struct CauseProofTests {
  private let key = PromiseKey(source: "desk", ticket: "INC7", clock: "resolution", cycle: nil)

  private func promise(
    _ verdict: Verdict, elapsed: Int64 = 60, isCounted: Bool = true
  ) -> IssuedMonth.Promise {
    var promise = IssuedMonth.Promise(
      key: key, tier: "P1", verdict: verdict, isCounted: isCounted)
    promise.elapsedSeconds = elapsed
    return promise
  }

  private func causes(
    _ replays: [(ChangeCause, IssuedMonth.Promise?)], start: IssuedMonth.Promise?,
    rest: [ChangeCause] = [], was: IssuedMonth.Promise?, now: IssuedMonth.Promise?
  ) -> [ChangeCause]? {
    func map(_ promise: IssuedMonth.Promise?) -> CauseProof.Promises {
      promise.map { [key: $0] } ?? [:]
    }
    let steps = replays.map { CauseProof.Step([$0.0], map($0.1)) }
    return CauseProof(start: map(start), steps: steps, rest: rest).causes(was, now)
  }

  @Test(
    "The first that flips the verdict is named, though it flips back, and another flips it again")
  func first() {
    let (met, late) = (promise(.met), promise(.breached))
    #expect(
      causes([(.data, met), (.pause, late), (.target, late)], start: met, was: met, now: late)
        == [.pause])
    #expect(
      causes([(.data, late), (.pause, met), (.target, late)], start: met, was: met, now: late)
        == [.data])
    #expect(causes([(.data, nil)], start: met, was: met, now: nil) == [.data])
    let open = promise(.running, isCounted: false)
    #expect(causes([(.data, open), (.target, late)], start: nil, was: nil, now: late) == [.target])
  }

  @Test("Seconds are looked at only if verdict and tier stay")
  func seconds() {
    let (short, long, late) = (promise(.met), promise(.met, elapsed: 61), promise(.breached))
    #expect(
      causes([(.data, long), (.target, late)], start: short, was: short, now: late) == [.target])
    #expect(
      causes([(.data, long), (.target, long)], start: short, was: short, now: long) == [.data])
  }

  @Test("What the replays leave is named if it is known what differs, and else nothing")
  func rest() {
    let (met, late) = (promise(.met), promise(.breached))
    #expect(causes([(.data, met)], start: met, rest: [.tool], was: met, now: late) == [.tool])
    #expect(causes([(.data, met)], start: met, was: met, now: late) == nil)
    // What was said is not what it comes to today: whatever flips it can be it.
    #expect(causes([(.data, met)], start: met, rest: [.tzdata], was: late, now: met) == [.tzdata])
    #expect(
      causes(
        [(.data, late), (.target, met)], start: met, rest: [.tool], was: late, now: met)
        == [.data, .target, .tool])
    #expect(causes([(.data, met)], start: late, rest: [], was: met, now: late) == nil)
  }
}
