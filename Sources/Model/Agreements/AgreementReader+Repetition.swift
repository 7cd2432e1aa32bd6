import LocatedYAML
import Tickets

extension AgreementParser {
  /// `each-start` or `each-stop`, where the clock has what may happen again.
  func repetition(_ fields: YAMLFields, of clock: Clock, what: String) -> Repetition? {
    guard let node = fields["repeat"] else {
      if let start = fields["start"], clock.start.contains(where: \.isRepeated) {
        rules.warn(.startsOnce(what), at: start)
      }
      return nil
    }
    if let reopen = fields["reopen"] { reader.report(.repeatsAndReopens(what), at: reopen) }
    guard let repetition = reader.choice(node, of: "\"repeat\" of \(what)", as: Repetition.self)
    else { return nil }
    switch repetition {
    case .eachStart where !clock.start.allSatisfy(\.isRepeated):
      reader.report(.cannotRepeat("start", of: what), at: fields["start"] ?? node)
    case .eachStop where !clock.stop.contains(where: \.isRepeated):
      reader.report(.cannotRepeat("stop", of: what), at: fields["stop"] ?? node)
    case .eachStart, .eachStop: break
    }
    return repetition
  }

  /// Reports a start whose conditions exclude what they ask for.
  func checkStarts(_ clock: Clock, at node: YAMLNode?, what: String) {
    guard let node, !clock.start.isEmpty else { return }
    let neverStarts = clock.start.allSatisfy { signal in
      guard case .condition(let condition) = signal else { return false }
      return condition.none.contains { $0.covers(Condition(tests: condition.tests)) }
    }
    if neverStarts { reader.report(.neverStarts(what), at: node) }
  }
}

extension String {
  fileprivate static func startsOnce(_ clock: String) -> String {
    """
    \(clock) starts at a message and counts only the first one; for a promise for each, add \
    "repeat: each-start"
    """
  }

  fileprivate static func repeatsAndReopens(_ clock: String) -> String {
    """
    \(clock) has both "repeat" and "reopen", but each of its starts is a promise of its own \
    anyway; leave "reopen" out
    """
  }

  fileprivate static func cannotRepeat(_ key: String, of clock: String) -> String {
    """
    "\(key)" of \(clock) names nothing that may happen again; "repeat: each-\(key)" needs \
    \(RepeatedMoments.names.joined(separator: " or "))
    """
  }

  fileprivate static func neverStarts(_ clock: String) -> String {
    "\(clock) can never start, because \"not\" excludes all that its start names; change one of them"
  }
}
