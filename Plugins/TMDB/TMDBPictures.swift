import UsherKit

/// Addresses of TMDB's pictures; they need no key and are meant to be linked.
enum TMDBPicture {
  private static let base = "https://image.tmdb.org/t/p/original"

  /// Nil for what is no path of a picture file, and for SVG, which media servers cannot show.
  static func url(_ path: String?) -> String? {
    guard let path, path.utf8.count > 1, path.utf8.count <= 200, path.hasPrefix("/"), !path.contains(".."),
      path.utf8.dropFirst().allSatisfy({ $0.isIdentifierByte || $0 == UInt8(ascii: ".") }),
      !path.lowercased().hasSuffix(".svg")
    else { return nil }
    return base + path
  }
}

extension TMDBWork {
  /// Every picture, the best of each form first. TMDB's own choice stands in where the lists have none.
  func artwork(_ locale: TMDBLocale) -> [Artwork] {
    artwork(.coverPoster, posters, posterPath, [locale.language, "en"])
      // Text on a background covers what is behind it: those without any come first.
      + artwork(.background, backdrops, backdropPath, [nil, locale.language, "en"])
      + artwork(.clearLogo, logos, nil, [locale.language, "en"])
  }

  private func artwork(
    _ form: Artwork.Form, _ images: [TMDBImage], _ standard: String?, _ languages: [String?]
  ) -> [Artwork] {
    let ranked = images.map { image in
      (image: image, rank: languages.firstIndex { $0 == image.language } ?? languages.count)
    }
    let sorted = ranked.sorted { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      let scores = (left.image.weightedScore, right.image.weightedScore)
      if scores.0 != scores.1 { return scores.0 > scores.1 }
      return (right.image.width ?? 0, left.image.path) < (left.image.width ?? 0, right.image.path)
    }
    let artwork = sorted.compactMap { entry -> Artwork? in
      guard let url = TMDBPicture.url(entry.image.path) else { return nil }
      return Artwork(
        form: form, url: url, language: entry.image.language, width: entry.image.width, height: entry.image.height,
        score: entry.image.weightedScore)
    }
    guard artwork.isEmpty, let url = TMDBPicture.url(standard) else { return artwork }
    return [Artwork(form: form, url: url)]
  }
}

extension TMDBImage {
  /// 0 to 10; the fewer votes, the nearer to the middle, so that one enthusiast does not decide.
  var weightedScore: Double {
    guard let score, let votes, votes > 0, (0...10).contains(score) else { return 0 }
    let weight = Double(votes) / (Double(votes) + 5)
    return score * weight + 5 * (1 - weight)
  }

  var language: String? { code == "xx" || code?.isEmpty == true ? nil : code }
}
