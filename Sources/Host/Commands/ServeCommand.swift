import Configuration
import HTTPServer
import Routes
import Support
import Terminal
import Wiring

/// `usher serve`: runs the host until SIGTERM or SIGINT.
enum ServeCommand: Command {
  static let name = "serve"
  static let summary = "Runs the host until SIGTERM or SIGINT."
  static let options = [
    Option("listen", "HOST:PORT", "where to answer, instead of 'listen' in the configuration; port 0 takes a free one"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  /// What is under way at a stop gets so long to finish.
  private static let graceMilliseconds: Int64 = 10_000

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.isEmpty else { throw .usage("'serve' takes no '\(arguments.words[0])'") }
    let started = SystemTime().monotonicNanoseconds
    DescriptorLimit.raise()
    // Before any thread starts: each inherits the mask, so the signals wait for this thread.
    let signals = StopSignals()
    var configuration = try place.read()
    if let listen = arguments.text("listen") {
      do {
        configuration.listen = try ListenAddress(listen)
      } catch {
        throw .usage("option '--listen \(listen)': \(error)")
      }
    }
    let runtime = try Runtime(configuration, place, dataFolder: arguments.text("data"), isHost: true)
    defer { runtime.close() }
    let pins = PinWatch(runtime.works)
    let server = try start(runtime)
    let log = Log(runtime.log, subject: "host")
    pins.start {
      runtime.library.pinsChanged()
      server.forgetCached()
      log.info("the pins have changed; ready answers are forgotten")
    }
    defer { pins.stop() }
    let milliseconds = (runtime.time.monotonicNanoseconds - started) / 1_000_000
    let address = ListenAddress(host: configuration.listen.host, port: Int(server.port))
    Output.text("listening on http://\(address)\n")
    log.info("started", ("version", usherVersion), ("milliseconds", "\(milliseconds)"))
    let signal = signals.wait()
    log.info("stopping", ("signal", signal))
    server.stop(graceMilliseconds: graceMilliseconds)
  }

  private static func start(_ runtime: Runtime) throws(CommandError) -> Server {
    let router = Router(runtime.routeParts)
    let listen = runtime.configuration.listen
    var options = ServerOptions()
    options.host = listen.host
    options.port = UInt16(listen.port)
    options.cacheBytes = runtime.configuration.cache.memoryBytes / 2
    options.cacheKeyHeaders = router.cacheKeyHeaders
    options.limits = runtime.configuration.pathLimits
    let server = Server(
      options: options, observer: { router.refusal(status: $0) }, time: runtime.time,
      log: Log(runtime.log, subject: "http"), handler: { router.answer($0) })
    watch(server, runtime.metrics)
    do {
      try server.start()
    } catch {
      throw .failed("\(error)")
    }
    return server
  }

  private static func watch(_ server: Server, _ metrics: Metrics) {
    let gauges: [(name: String, help: String, read: @Sendable (ServerStatistics) -> Int)] = [
      ("usher_http_connections", "Connections open now.", { $0.openConnections }),
      ("usher_http_waiting", "Requests that wait for their answer now.", { $0.suspendedRequests }),
      ("usher_http_cache_entries", "Answers kept as ready bytes.", { $0.cacheEntries }),
      ("usher_http_cache_bytes", "Memory that they take.", { $0.cacheBytes }),
    ]
    for gauge in gauges {
      metrics.gauge(gauge.name, help: gauge.help) { Double(gauge.read(server.statistics)) }
    }
    let lookups = "usher_cache_lookups_total"
    let help = "Look-ups in the caches, by tier and outcome."
    metrics.counter(lookups, help: help, labels: ["tier": "http", "outcome": "hit"]) { server.statistics.cacheHits }
    metrics.counter(lookups, help: help, labels: ["tier": "http", "outcome": "miss"]) { server.statistics.cacheMisses }
  }
}
