package import Messages

/// Ties agreements to those that they support.
package enum ChainLint {
  /// Gives the clocks of supporting agreements what those that they have a part in say.
  ///
  /// - Returns: The agreements in their order, with what is wrong with the ties.
  package static func tied(_ agreements: [Agreement]) -> (
    agreements: [Agreement], findings: [Finding]
  ) {
    var findings: [Finding] = []
    let tied = agreements.map { agreement in
      findings += problems(of: agreement, among: agreements)
      return agreement.following(agreements) ?? agreement
    }
    return (tied, findings)
  }

  private static func problems(
    of agreement: Agreement, among agreements: [Agreement]
  ) -> [Finding] {
    guard let supports = agreement.chain.supports else { return [] }
    let place = agreement.origin.place
    let versions = agreements.filter { $0.name == supports.agreement }
    guard !versions.isEmpty else {
      return [Finding(.error, at: place, .notThere(supports))]
    }
    guard agreement.kind != .sla else {
      return [Finding(.error, at: place, .wrongKind(agreement))]
    }
    return versions.compactMap { version in
      guard let clock = version.clocks.first(where: { $0.name == supports.clock }) else {
        return Finding(.error, at: place, .noClock(supports, version.clocks.map(\.name)))
      }
      if clock.part != nil || clock.repeats != nil {
        return Finding(.error, at: place, .unfitClock(supports))
      }
      return nil
    }.prefix(1) + []
  }
}

extension Finding.Message {
  fileprivate static func notThere(_ supports: ChainRules.Supported) -> Self {
    """
    "supports" names agreement "\(supports.agreement)", which is not among those that are read; \
    name its file too
    """
  }

  fileprivate static func wrongKind(_ agreement: Agreement) -> Self {
    """
    "\(agreement.name)" supports another agreement, so that its "kind" must be ola or \
    underpinning-contract
    """
  }

  fileprivate static func noClock(_ supports: ChainRules.Supported, _ clocks: [String]) -> Self {
    let near = NearestName.of(supports.clock, among: clocks)
    let hint = near.map { "did you mean \"\($0)\"?" } ?? "it has \(clocks.joined(separator: ", "))"
    return """
      "supports" names clock "\(supports.clock)", which "\(supports.agreement)" does not have; \
      \(hint)
      """
  }

  fileprivate static func unfitClock(_ supports: ChainRules.Supported) -> Self {
    """
    "supports" names \(supports.text), which cannot be supported, because it supports another \
    itself, or starts again with each message; name another clock
    """
  }
}
