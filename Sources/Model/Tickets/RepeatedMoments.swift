/// Moments that may happen again and again to one ticket: messages that both sides can read.
///
/// Their column holds the last time, and a history every time. Nothing takes them back.
package enum RepeatedMoments {
  package static let customerReplied = "customer-replied"
  package static let agentReplied = "agent-replied"

  package static let names = [customerReplied, agentReplied]
}
