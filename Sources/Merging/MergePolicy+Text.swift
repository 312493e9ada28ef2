import MetadataModel

extension MergePolicy {
  /// The policy as one text: equal policies give equal texts, also over restarts.
  public var canonicalText: String {
    let quality = quality.map { kind, rule in
      let weights = rule.weights.map { "\($0.key.name)=\($0.value)" }.sorted().joined(separator: ",")
      return "\(kind.rawValue):\(weights)>=\(rule.threshold)"
    }
    let fields = fields.map { scope, rule in
      "\(scope.kind?.rawValue ?? "").\(scope.field.name):\(rule.sources ?? []),\(rule.languages ?? []),"
        + (rule.strategy?.rawValue ?? "")
    }
    let images = images.map { scope, languages in
      "\(scope.kind?.rawValue ?? "").\(scope.form.rawValue):" + languages.map { $0 ?? "-" }.joined(separator: ",")
    }
    return
      (quality.sorted() + fields.sorted() + images.sorted() + ["\(asksAll)\(prefersLanguage)\(order.rawValue)"]
      + languages).joined(separator: ";")
  }
}
