"""The real python-plexapi client against the fake media server and the fake plex.tv. Run it with Scripts/test-plexapi."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

import requests
from plexapi.exceptions import BadRequest, NotFound, Unauthorized
from plexapi.myplex import MyPlexAccount, MyPlexPinLogin
from plexapi.server import PlexServer


class Redirect(requests.adapters.HTTPAdapter):
    """Sends what is meant for plex.tv to the fake one: the client has no setting for that."""

    def __init__(self, target):
        super().__init__()
        self.target = target

    def send(self, request, **options):
        parts = urlsplit(request.url)
        request.headers["X-Original-Host"] = parts.netloc
        request.url = self.target + parts.path + ("?" + parts.query if parts.query else "")
        return super().send(request, **options)


class Fake:
    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.places = json.loads(self.process.stdout.readline())

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        while self.process.stdout.readline().strip() != "done":
            pass

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)


checks = 0


def expect(holds, what):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"test-plexapi: {what}")
    print(f"ok  {what}")


def raises(kind, action):
    try:
        action()
    except kind:
        return True
    return False


def libraries(server):
    sections = server.library.sections()
    expect([s.title for s in sections] == ["Movies", "TV Shows"], "libraries are listed")
    movies, shows = sections
    expect(movies.locations == ["/media/movies", "/media/movies2"], "a library has two roots")
    expect(movies.totalSize == 7 and len(movies.all()) == 7, "films are counted and listed")
    film = movies.search(title="Film 3")[0]
    expect(film.media[0].parts[0].file.endswith("Film 3.mkv"), "a film has its file")
    expect([g.id for g in film.guids] == ["imdb://tt2000003", "tmdb://3"], "a film has its external ids")
    expect(film.duration == 5_400_000, "a film has its length")
    expect(len(movies.search(year=film.year)) == 1, "films are filtered by year")
    expect(len(movies.recentlyAdded()) == 7, "films come in the order of their adding")
    expect(server.fetchItem(film.ratingKey).title == "Film 3", "an item is fetched by its key")
    episodes = shows.searchEpisodes()
    expect(len(episodes) == 350 and len({e.ratingKey for e in episodes}) == 350, "350 episodes come in pages, each once")
    show = shows.all()[0]
    expect(len(show.episodes()) == 70, "a show lists its episodes")
    season = show.seasons()[0]
    expect(season.index == 1 and len(season.episodes()) == 70, "a season lists its episodes, and no pseudo-season comes")
    episode = season.episodes()[0]
    expect(episode.grandparentTitle == show.title and episode.parentIndex == 1, "an episode knows its show and season")
    expect(raises(NotFound, lambda: server.fetchItem(999_999)), "an unknown key is NotFound")
    return film, shows


def changes(server, film):
    before = film.updatedAt
    film.refresh()
    film.reload()
    expect(film.updatedAt > before, "a refresh changes updatedAt")
    candidates = film.matches()
    expect(bool(candidates) and candidates[0].score == 100, "candidates for a match are listed")
    film.fixMatch(candidates[0])
    film.reload()
    expect(film.guid == candidates[0].guid, "a match gives the item another guid")
    film.editTitle("Another Name")
    film.reload()
    expect(film.title == "Another Name", "a title is edited")
    film.unmatch()
    film.reload()
    expect(film.guid.startswith("local://"), "an item is unmatched")
    server.library.section("Movies").update()
    expect(server.sessions() == [], "nobody is watching")
    server.library.add("More", "movie", "tv.plex.agents.movie", "Plex Movie", "/media/movies")
    expect(server.library.section("More").locations == ["/media/movies"], "a library is made")


def sharing(account, server):
    shared = [server.library.section("Movies")]
    account.inviteFriend("friend", server, shared, allowSync=True)
    expect([i.username for i in account.pendingInvites(includeReceived=False)] == ["friend"], "an invitation is pending")
    expect(raises(BadRequest, lambda: account.inviteFriend("friend", server, shared)), "a second invitation is refused")
    expect(raises((BadRequest, NotFound), lambda: account.inviteFriend("nobody", server, shared)), "an unknown user is refused")


def accepted(account, server):
    friend = account.users()[0]
    expect(friend.username == "friend" and friend.servers[0].numLibraries == 1, "a friend is listed with the share")
    account.updateFriend("friend", server, server.library.sections()[:2])
    expect(account.users()[0].servers[0].numLibraries == 2, "a share is widened")
    account.removeFriend("friend")
    expect(account.users() == [], "a friend is removed")


def main():
    fake = Fake(sys.argv[1])
    places = fake.places
    session = requests.Session()
    for host in ("https://plex.tv", "https://clients.plex.tv"):
        session.mount(host, Redirect(places["plexTV"]))
    expect(raises(Unauthorized, lambda: PlexServer(places["server"], "wrong")), "a wrong token is Unauthorized")
    server = PlexServer(places["server"], places["token"], session=session)
    expect(server.friendlyName == "Fake" and server.machineIdentifier == places["machineIdentifier"], "a server is connected")
    film, _ = libraries(server)
    changes(server, film)
    pin = MyPlexPinLogin(session=session)
    expect(len(pin.pin) == 4 and not pin.checkLogin(), "a PIN waits")
    fake.order("grant")
    pin._last_check = 0
    expect(pin.checkLogin() and pin.token == places["accountToken"], "a PIN signs in")
    account = MyPlexAccount(token=places["accountToken"], session=session)
    expect(account.username == "owner" and account.ping(), "the account is read")
    resource = account.resource("Fake")
    expect(resource.clientIdentifier == places["machineIdentifier"], "servers are discovered")
    expect(resource.connect(timeout=5).friendlyName == "Fake", "a discovered server is connected")
    sharing(account, server)
    fake.order("accept")
    accepted(account, server)
    fake.stop()
    print(f"test-plexapi: python-plexapi agrees with the fake in {checks} points")


main()
