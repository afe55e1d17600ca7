package recording

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/testing/browser"
)

func TestAFilmReadsTheSameFromAnywhere(t *testing.T) {
	r := opened(t, made(t, 65*time.Second))
	film, err := r.Lane("floor")
	if err != nil {
		t.Fatal(err)
	}
	defer film.Close()
	whole, err := io.ReadAll(film)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(whole)) != r.Lanes[0].Size {
		t.Fatalf("the film has %d bytes and says %d", len(whole), r.Lanes[0].Size)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Int64Range(0, int64(len(whole))).Draw(t, "from")
		if _, err := film.Seek(from, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		part := make([]byte, rapid.IntRange(0, 1<<16).Draw(t, "length"))
		n, err := io.ReadFull(film, part)
		if want := whole[from:min(from+int64(len(part)), int64(len(whole)))]; !bytes.Equal(part[:n], want) {
			t.Fatalf("%d bytes from %d on are others: %v", n, from, err)
		}
	})
}

func TestSilenceIsAsLongAsItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := silence{from: time.Duration(rapid.Int64Range(0, 1e13).Draw(t, "from")), frames: rapid.IntRange(1, 500).Draw(t, "frames"), dark: rapid.Bool().Draw(t, "dark")}
		b := s.bytes()
		if int64(len(b)) != s.size() {
			t.Fatalf("%d bytes, want %d", len(b), s.size())
		}
		e, err := elementAt(bytes.NewReader(b), 0, int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		p, ok, err := first(bytes.NewReader(b), e)
		if err != nil || !ok || p.key != s.dark || p.at != s.from.Round(time.Millisecond) {
			t.Fatalf("it begins with %+v, %v: %v", p, ok, err)
		}
		end, ok, err := ends(bytes.NewReader(b), p)
		if want := p.at + time.Duration(s.frames)*quietLength; err != nil || !ok || end != want {
			t.Fatalf("it ends at %v, want %v: %v", end, want, err)
		}
	})
}

// page shows a lane.
const page = `<!doctype html><title>Film</title><link rel="icon" href="data:,"><video muted preload="auto" src="/floor.webm"></video>
<script>const video = document.querySelector("video"); video.onseeked = () => { document.title = "at " + video.currentTime; };</script>`

func TestChromiumPlaysALaneAndJumpsInIt(t *testing.T) {
	dir := t.TempDir()
	if _, err := openFolder(dir); err != nil {
		t.Fatal(err)
	}
	l := &lane{name: floorLane, tape: &tape{dir: dir, lane: floorLane}}
	shoot(t, l, "testdata/flash.ivf", "unit:27", 3*time.Second)
	shoot(t, l, "testdata/red.ivf", "person:1", 40*time.Second)
	r := opened(t, dir)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/" {
			_, _ = io.WriteString(w, page)
			return
		}
		film, err := r.Lane("floor")
		if err != nil {
			t.Error(err)
			return
		}
		defer film.Close()
		http.ServeContent(w, request, "floor.webm", time.Time{}, film)
	}))
	t.Cleanup(web.Close)
	b := browser.New(t)
	b.Go(web.URL)
	b.WaitTrue("the film's length is known", "video.duration > 63.9 && video.duration < 64.2")
	for _, jump := range []struct{ to, width string }{{"50.5", "640"}, {"1", "320"}, {"12.25", "320"}, {"33", "320"}, {"63", "640"}} {
		b.Eval("document.title = ''; video.currentTime = " + jump.to + "; 0")
		b.WaitTrue("there is a picture at "+jump.to, "document.title === 'at "+jump.to+"' && video.readyState >= 2 && video.videoWidth === "+jump.width)
	}
	b.Eval("document.title = ''; video.currentTime = 25; video.play(); 0")
	b.WaitTrue("it plays on through the gap", "video.currentTime > 28.5 && !video.error")
}

// shoot has a lane record a file of 24 s from a moment on.
func shoot(t testing.TB, l *lane, path, identity string, from time.Duration) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l.turn(identity, from)
	l.now().dark = false
	at := from
	for frames := file[32:]; len(frames) > 12; at += time.Second / 15 {
		n := int(frames[0]) | int(frames[1])<<8 | int(frames[2])<<16
		data := frames[12 : 12+n]
		l.add(frame{at: at, picture: true, key: isKey(data), data: data}, at)
		write(t, l, at)
		frames = frames[12+n:]
	}
	l.turn("", at)
	write(t, l, at+2*grace)
}
