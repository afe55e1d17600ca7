package main

import (
	"net"
	"testing"
	"time"

	chromium "giaoban/internal/base/testing/browser"
	"giaoban/internal/simulate"
)

// The program is killed in the middle of a briefing and started again: whoever sits
// in the room comes back without touching anything, and roll, floor and record go on.
func TestABriefingGoesOnAfterTheProgramWasKilled(t *testing.T) {
	in := installation{t: t, dir: t.TempDir()}
	address := freeAddress(t)
	program := in.demo(address)
	chair, site := signedIn(t, program.url, "trunguong"), signedIn(t, program.url, "bacninh")
	room := program.url + "/briefings/1/room"
	chair.Go(room)
	site.Go(room)
	chair.Click(`#act-item button`)
	for _, b := range []*chromium.Browser{chair, site} {
		b.WaitText(".video .tag", "Tỉnh Bắc Ninh")
	}
	writing := chair.Tab()
	writing.Go(program.url + "/briefings/1/minutes")
	writing.Type(`textarea[name="section.0.text"]`, "Khai mạc đúng giờ.")
	writing.Click(`button[name=act][value=save]`)
	writing.WaitText(".notices", "Đã lưu biên bản")

	for _, b := range []*chromium.Browser{chair, site, writing} {
		b.Allow("net::ERR_")
	}
	program.kill()
	for _, b := range []*chromium.Browser{chair, site} {
		b.WaitText("[data-told]:not([hidden])", "Mất kết nối")
	}
	program = in.demo(address)
	up := time.Now()
	for _, b := range []*chromium.Browser{chair, site} {
		b.WaitGone("[data-told]:not([hidden])")
		b.WaitText(".video .tag", "Tỉnh Bắc Ninh")
		b.WaitText(".panel h2", "Tỉnh Bắc Ninh")
	}
	t.Logf("both are back %v after the program answers", time.Since(up).Round(time.Millisecond))

	site.Click(`.own details summary`)
	site.Type(`.own textarea[name=question]`, "Sau khi khởi động lại")
	site.Click(`.own form[action$="/ask"] button.primary`)
	chair.WaitText(".questions", "Sau khi khởi động lại")
	chair.Click(`#act-take button`)
	site.WaitText(".video .tag", "Chủ trì")
	writing.Go(program.url + "/briefings/1/minutes")
	if got := writing.Value(`textarea[name="section.0.text"]`); got != "Khai mạc đúng giờ." {
		t.Errorf("after the kill the minutes say %q", got)
	}
	writing.Go(program.url + "/briefings/1/record")
	writing.WaitText("main", "Sau khi khởi động lại")
	program.end()
	in.run(0, "verify")
}

// demo starts the demonstration at an address, with flags, and returns when it answers.
func (in installation) demo(address string, flags ...string) *server {
	in.t.Helper()
	s := in.start(append([]string{"demo", "--data", in.dir, "--listen", address}, flags...)...)
	for late := time.Now().Add(time.Minute); s.url == ""; time.Sleep(10 * time.Millisecond) {
		s.look()
		if time.Now().After(late) {
			in.t.Fatalf("the demonstration does not serve; it says:\n%s", s.said())
		}
	}
	return s
}

// freeAddress is one of this machine's at which nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// signedIn is a browser in which somebody of the demonstration is signed in.
func signedIn(t *testing.T, url, login string) *chromium.Browser {
	t.Helper()
	b := chromium.WithCamera(t)
	b.Go(url + "/sign-in?lang=vi")
	b.Type("input[name=login]", login)
	b.Type("input[name=password]", simulate.Password)
	b.Click("main button[type=submit], main .btn.primary")
	b.Wait(".rail")
	return b
}
