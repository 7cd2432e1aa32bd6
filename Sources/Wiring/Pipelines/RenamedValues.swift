import Agreements
import Importing
import Messages
import Tickets

/// Finds conditions of clocks that ask for a value which no mapping gives.
///
/// A value that a mapping does not name passes as it is, so only what it surely changes is found.
struct RenamedValues {
  let mappings: [Mapping]

  func findings(_ agreement: Agreement, places: RulePlaces) -> [Finding] {
    agreement.clocks.flatMap { clock in
      clock.conditions.flatMap { key, path, condition in
        condition.tests.flatMap { test in
          test.patterns.compactMap { pattern -> Finding? in
            guard case .text(let value) = pattern, let loss = loss(of: value, field: test.field)
            else { return nil }
            return Finding(
              .valueRenamed, at: places.place(["clocks", clock.name] + path + [test.field]),
              """
              this \(key) of clock "\(clock.name)" asks for \(test.field) "\(value)", which no \
              ticket ever has, because \(loss)
              """)
          }
        }
      }
    }
  }

  /// Why no ticket can have a value; `nil` if one may, or if no mapping has the field.
  private func loss(of value: String, field: String) -> String? {
    let fates = mappings.compactMap { $0.fate(of: value, field: field) }
    guard !fates.contains(.possible), case .lost(let words)? = fates.first else { return nil }
    return words
  }
}

/// What a mapping makes of a value that a condition asks for.
private enum ValueFate: Equatable {
  case possible
  /// With the reason, and what to do.
  case lost(String)
}

extension Mapping {
  /// `nil` if it does not give the field.
  fileprivate func fate(of value: String, field: String) -> ValueFate? {
    guard let rule = fields.first(where: { $0.name == field }) else {
      return keepsAll || change != nil ? .possible : nil
    }
    let renamed = values[field] ?? [:]
    if value.isEmpty || hashed.contains(field) || renamed.values.contains(value) {
      return .possible
    }
    if let constant = rule.source.constant, rule.source.columns.isEmpty {
      let fixed = renamed[constant] ?? constant
      return fixed == value
        ? .possible : .lost("mapping \"\(name)\" gives every ticket \"\(fixed)\"; ask for that")
    }
    if let other = renamed[value] {
      return .lost("mapping \"\(name)\" turns it into \"\(other)\"; ask for that")
    }
    guard missing.contains(value) else { return .possible }
    return .lost("mapping \"\(name)\" lists it as missing; take it out there, or ask for \"\"")
  }
}

extension Clock {
  /// What it asks of fields: the key in words, where it is written, and the condition.
  fileprivate var conditions: [(key: String, path: [String], condition: Condition)] {
    var conditions = pauses.enumerated().map { number, pause in
      ("pause", ["pause", String(number)], pause.condition)
    }
    if let cancel { conditions.append(("cancel", ["cancel"], cancel)) }
    for (key, signals) in [("start", start), ("stop", stop)] {
      for case .condition(let condition) in signals { conditions.append((key, [key], condition)) }
    }
    return conditions
  }
}
