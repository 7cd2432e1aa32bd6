/// How reports of an agreement look beyond what they say.
package struct Brand: Hashable, Sendable {
  package struct Logo: Hashable, Sendable {
    /// `image/png`, `image/jpeg` or `image/svg+xml`.
    package let mediaType: String
    package let base64: String

    package init(mediaType: String, base64: String) {
      self.mediaType = mediaType
      self.base64 = base64
    }
  }

  /// In place of `Service level review`.
  package var title: String?
  package var logo: Logo?
  /// Of rules between sections, on a light and on a dark page.
  package var accent: (light: Colour, dark: Colour)? {
    get { lightAccent.flatMap { light in darkAccent.map { (light, $0) } } }
    set { (lightAccent, darkAccent) = (newValue?.light, newValue?.dark) }
  }
  private var lightAccent: Colour?
  private var darkAccent: Colour?

  package init() {}
}
