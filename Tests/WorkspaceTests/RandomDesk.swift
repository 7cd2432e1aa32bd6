import ServiceTime
import TestSupport

/// A desk whose exports overlap, repeat and contradict each other.
struct RandomDesk {
  let shape: String
  var random: SeededGenerator
  private var earlier: [Night] = []

  init(seed: UInt64, shape: String) {
    self.shape = shape
    random = SeededGenerator(seed: seed)
  }

  var mapping: String {
    let head = "mapping: desk\nrows: \(shape)\ntimestamps: iso\n"
    switch shape {
    case "tickets":
      return head + "ticket: {id: id, opened: opened, updated: updated, status: status}\n"
    case "snapshots":
      return head + """
        ticket: {id: id, opened: opened, updated: updated, status: status}
        order: version
        """
    case "events":
      return head + "ticket: {id: id, at: at, field: field, to: to}\n"
    case "intervals":
      return head + "ticket: {id: id, start: start, end: end, service: service}\n"
    default:
      return head + "ticket: {id: id, at: at, amount: amount, service: service}\n"
    }
  }

  private var header: String {
    switch shape {
    case "tickets": "id,opened,updated,status"
    case "snapshots": "id,opened,updated,status,version"
    case "events": "id,at,field,to"
    case "intervals": "id,start,end,service"
    default: "id,at,amount,service"
    }
  }

  /// The files of a night; their names sort as the nights do.
  mutating func files(of night: Int) -> [Night] {
    var files = (0..<Int.random(in: 1...2, using: &random)).map { number -> Night in
      var lines = [header]
      for _ in 0..<Int.random(in: 0...12, using: &random) { lines.append(row()) }
      // A window over what was exported before.
      if let old = earlier.randomElement(using: &random), Bool.random(using: &random) {
        lines += old.text.split(separator: "\n").dropFirst().map(String.init)
      }
      return Night("\(night)-\(number).csv", lines.joined(separator: "\n") + "\n")
    }
    if let old = earlier.randomElement(using: &random), Int.random(in: 0..<4, using: &random) == 0 {
      files = [Night("\(night)-9.csv", old.text)]
    }
    earlier += files
    return files
  }

  private mutating func row() -> String {
    func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    let id = pick(["a", "b", "c", "d", "e", "f"])
    let day = Int.random(in: 10...14, using: &random)
    let at = "2026-10-\(day)T0\(Int.random(in: 0...3, using: &random)):00:00Z"
    switch shape {
    case "tickets":
      return [id, "2026-10-01T00:00:00Z", pick([at, at, ""]), pick(["Open", "Closed", ""])]
        .joined(separator: ",")
    case "snapshots":
      return [
        id, "2026-10-01T00:00:00Z", at, pick(["Open", "Closed"]), pick(["1", "2", "3", ""]),
      ]
      .joined(separator: ",")
    case "events":
      return [id, at, pick(["status", "group", ""]), pick(["x", "y", ""])].joined(separator: ",")
    case "intervals":
      return [id, at, pick(["2026-11-01T00:00:00Z", ""]), pick(["mail", "web"])]
        .joined(separator: ",")
    default:
      return [id, at, pick(["1", "2.5", "-3"]), pick(["mail", "web"])].joined(separator: ",")
    }
  }
}
