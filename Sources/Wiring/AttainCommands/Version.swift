import Pipelines

enum Version {
  static let text = Tool.version
}
