package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
)

// answer is read up to its first bytes: then whoever asked is gone, as a stream would not
// end otherwise.
type answer struct {
	*httptest.ResponseRecorder
	cut context.CancelFunc
}

func (a answer) Write(b []byte) (int, error) {
	defer a.cut()
	return a.ResponseRecorder.Write(b)
}

// Every address is asked for with an invitation's code wherever an address or a
// form has room for one: in the path, the query, the fields, where one came from.
func TestTheLogHasALinePerRequestAndNoCodeThatCameWithIt(t *testing.T) {
	said := &shared{}
	a, err := app.OpenDemo(t.Context(), app.Config{
		Data: t.TempDir(), Address: "http://giaoban.example", Version: "test",
		Log: slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	frame, err := a.Frame(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	code := invite(t, a)
	asked, handler := 0, frame.Handler()
	ask := func(method, path string, in bool) {
		form := url.Values{"code": {code}, "name": {code}, "login": {code}, "password": {code}, "next": {"/invitation/" + code}}
		ctx, cut := context.WithCancel(t.Context())
		defer cut()
		request := httptest.NewRequestWithContext(ctx, method, path+"?"+form.Encode(), strings.NewReader(form.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Referer", "http://giaoban.example/invitation/"+code)
		if in { // anew each time: some addresses end a session
			request.Header.Set("Cookie", enter(t, a, "bacninh"))
		}
		handler.ServeHTTP(answer{httptest.NewRecorder(), cut}, request)
		asked++
	}
	for _, route := range frame.Routes() {
		path := pathValue.ReplaceAllString(strings.ReplaceAll(route.Path(), "{$}", ""), code)
		ask(route.Method(), path, false)
		ask(route.Method(), path, true)
		if want := fmt.Sprintf("route=%q", route.Pattern); !strings.Contains(said.String(), want) {
			t.Errorf("no line has %s", want)
		}
	}
	ask(http.MethodGet, "/invitation/"+code+"/"+code, false)
	ask(code, "/invitation/"+code, false)
	ask(http.MethodDelete, "/invitation/"+code, true)
	lines := said.String()
	if person := regexp.MustCompile(`route="GET /work" status=200 .*person=[1-9]`); !person.MatchString(lines) {
		t.Error("no line says who read the work page")
	}
	if got := strings.Count(lines, "msg=request "); got != asked {
		t.Errorf("%d requests have %d lines", asked, got)
	}
	for _, word := range []string{"status=200", "status=303", "status=404", "person=0", "method=other", "took=", "bytes=", "id=", "refused=account.sign-in.wrong"} {
		if !strings.Contains(lines, word) {
			t.Errorf("no line has %s", word)
		}
	}
	for _, form := range []string{code, strings.ReplaceAll(code, "-", ""), url.QueryEscape("/invitation/" + code)} {
		if strings.Contains(strings.ToLower(lines), strings.ToLower(form)) {
			t.Errorf("the log holds the code %s:\n%s", form, lines)
		}
	}
	t.Logf("%d requests", asked)
}

// invite makes an invitation and gives its code.
func invite(t *testing.T, a *app.App) (code string) {
	t.Helper()
	root, _ := a.Tree.Root()
	_, err := a.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
		made, err := account.Invite(t.Context(), tx, access.Program(a.Tree), account.InviteCommand{
			Unit: root.ID, Roles: []access.Role{access.Viewer}, Name: "Người được mời", Now: clock.Machine.Now(),
		})
		code = string(made.Code)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if code == "" {
		t.Fatal("the invitation has no code")
	}
	return code
}

// enter signs somebody in and gives the cookie.
func enter(t *testing.T, a *app.App, login string) (cookie string) {
	t.Helper()
	person, err := account.FindLogin(t.Context(), a.DB.Reader(), login)
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Update(t.Context(), func(tx *sql.Tx) error {
		_, token, err := account.Enter(t.Context(), tx, person.ID, account.SignInCommand{Now: clock.Machine.Now()})
		cookie = "giaoban=" + string(token)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return cookie
}
