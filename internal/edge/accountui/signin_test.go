package accountui_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

func TestSignInLeadsWhereOneWantedToGo(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.UnitAdmin))
		s.person("admin", at(centre, access.SystemAdmin))
		b := s.browser()
		b.get("/admin?unit=3")
		b.want(http.StatusOK, "Đăng nhập", `name="next" value="/admin?unit=3"`)
		b.post("/sign-in", "login", "AN.LE", "password", "wrong password", "next", "/admin?unit=3")
		b.want(http.StatusUnprocessableEntity, "Tên đăng nhập hoặc mật khẩu chưa đúng", `value="AN.LE"`, `value="/admin?unit=3"`)
		b.lack("wrong password")
		b.post("/sign-in", "login", "AN.LE", "password", right, "next", "/admin?unit=3")
		b.want(http.StatusOK, "Huyện ủy Quế Võ")
		if b.path != "/admin?unit=3" {
			s.Errorf("signed in, the browser is at %s, want /admin?unit=3", b.path)
		}
		b.post("/sign-in", "login", "an.le", "password", right, "next", "//evil.example/")
		if b.path != "/" {
			s.Errorf("a foreign address led to %s, want /", b.path)
		}
		b.post("/sign-out")
		b.want(http.StatusOK, "Bạn đã đăng xuất.")
		b.get("/account")
		b.want(http.StatusOK, "Tên đăng nhập")
	})
}

func TestTooManyWrongPasswordsTellHowLongToWait(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.SystemAdmin))
		b := s.browser()
		for range 5 {
			b.post("/sign-in", "login", "an.le", "password", "wrong")
			b.want(http.StatusUnprocessableEntity)
		}
		b.post("/sign-in", "login", "an.le", "password", right)
		b.want(http.StatusTooManyRequests, "thử lại sau 15 phút", `value="an.le"`)
		s.machine.Advance(account.AttemptWindow)
		b.post("/sign-in", "login", "an.le", "password", right)
		b.want(http.StatusOK, `"person"`)
	})
}

func TestTheCookieIsKeptFromScriptsAndOtherSites(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.Leader))
		b := s.browser()
		b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		req, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.server.URL+"/sign-in",
			strings.NewReader("login=an.le&password="+right))
		if err != nil {
			s.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		response, err := b.client.Do(req)
		if err != nil {
			s.Fatal(err)
		}
		response.Body.Close()
		for _, cookie := range response.Cookies() {
			if cookie.Name != "giaoban" {
				continue
			}
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || len(cookie.Value) != 43 {
				s.Errorf("the session's cookie: %+v", cookie)
			}
			return
		}
		s.Errorf("no cookie was set: %v", response.Header)
	})
}

func TestAFormSentAfterTheSessionEndedIsKeptOverTheSignIn(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.SystemAdmin))
		b := s.signedIn("an.le")
		s.machine.Advance(account.SessionIdle)
		b.post("/keep", "text", "mười hai đại biểu")
		b.want(http.StatusOK, "Đăng nhập", `name="kept.text" value="mười hai đại biểu"`, "vẫn còn")
		b.post("/sign-in", "login", "an.le", "password", right, "next", "/keep", "kept.text", "mười hai đại biểu")
		b.want(http.StatusOK, `action="/keep"`, "mười hai đại biểu")
	})
}

func TestAnEndedRoleIsRefusedOnTheNextRequest(t *testing.T) {
	each(t, nil, func(s *site) {
		p := s.person("admin", at(province, access.UnitAdmin))
		b := s.signedIn("admin")
		b.get("/admin")
		b.want(http.StatusOK, "Tỉnh ủy Bắc Ninh")
		s.do(func(ctx context.Context, tx *ledger.Tx) error {
			grants, err := account.GrantsOf(ctx, tx, p.ID)
			if err != nil {
				return err
			}
			_, err = account.EndGrant(ctx, tx, access.CommandLine(s.tree), grants[0].ID)
			return err
		})
		b.get("/admin")
		b.want(http.StatusForbidden)
		s.do(func(ctx context.Context, tx *ledger.Tx) error {
			return account.Disable(ctx, tx, access.CommandLine(s.tree), p.ID)
		})
		b.get("/account")
		b.want(http.StatusOK, "Đăng nhập")
	})
}

func TestOnesOwnAccountShowsRolesAndSessions(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.Leader))
		phone, desk := s.signedIn("an.le"), s.signedIn("an.le")
		desk.get("/account")
		desk.want(http.StatusOK, "Lãnh đạo", "Tỉnh ủy Bắc Ninh", "Firefox trên Linux", "phiên này", "127.0.0.1")
		desk.post("/account/sessions/end-others")
		desk.want(http.StatusOK, "Các phiên đăng nhập khác đã kết thúc.")
		phone.get("/account")
		phone.want(http.StatusOK, "Đăng nhập")
		phone = s.signedIn("an.le")
		desk.post("/account/sessions/3/end")
		desk.want(http.StatusOK, "Phiên đăng nhập đã kết thúc.")
		phone.get("/account")
		phone.want(http.StatusOK, "Tên đăng nhập")
	})
}

func TestOnesOwnDataPasswordAndLanguageChange(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.Leader))
		b := s.signedIn("an.le")
		b.post("/account", "name", " ", "email", "không phải thư", "phone", "0912")
		b.want(http.StatusUnprocessableEntity, "Vui lòng nhập họ và tên.", "Địa chỉ thư điện tử chưa đúng", `value="0912"`)
		b.post("/account", "name", "Lê Văn An", "email", "an@bacninh.vn", "phone", "0912 345 678")
		b.want(http.StatusOK, "Đã lưu thông tin của bạn.", "Lê Văn An")
		b.post("/account/password", "password", "wrong", "new-password", "một câu hoàn toàn mới")
		b.want(http.StatusUnprocessableEntity, "Mật khẩu chưa đúng.")
		b.lack("một câu hoàn toàn mới")
		b.post("/account/password", "password", right, "new-password", "ngắn")
		b.want(http.StatusUnprocessableEntity, "Mật khẩu cần ít nhất 10 ký tự", `id="change-password-new-password-wrong"`)
		b.post("/account/password", "password", right, "new-password", "một câu hoàn toàn mới")
		b.want(http.StatusOK, "Đã đổi mật khẩu.")
		b.post("/account/language", "language", "en")
		b.want(http.StatusOK, "My account", `lang="en"`)
		other := s.browser()
		other.post("/sign-in", "login", "an.le", "password", "một câu hoàn toàn mới", "next", "/account")
		other.want(http.StatusOK, "My account")
	})
}

func TestTheSigningWindowIsOpenedAndClosed(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.Leader))
		b := s.signedIn("an.le")
		b.get("/sign?next=/account")
		b.want(http.StatusOK, "Nhập lại mật khẩu để ký", `name="next" value="/account"`)
		b.post("/sign", "password", "wrong", "next", "/account")
		b.want(http.StatusUnprocessableEntity, "Mật khẩu chưa đúng.", `name="next" value="/account"`)
		b.post("/sign", "password", right, "next", "/account")
		b.want(http.StatusOK, "Bạn có thể ký trong 15 phút.", "Tài khoản của tôi")
		s.machine.Advance(10*time.Minute + time.Second)
		b.get("/sign")
		b.want(http.StatusOK, "Bạn có thể ký trong 5 phút nữa.")
		b.post("/sign/close", "next", "/account")
		b.want(http.StatusOK, "Đã kết thúc việc ký.")
		b.get("/sign")
		b.want(http.StatusOK, "Nhập lại mật khẩu để ký")
	})
}

func TestEveryPageSaysTheSameInEnglish(t *testing.T) {
	each(t, nil, func(s *site) {
		p := s.person("an.le", at(province, access.UnitAdmin), at(centre, access.SystemAdmin))
		b := s.signedIn("an.le")
		b.get("/account?lang=en")
		for _, path := range []string{
			"/account", "/sign", "/admin", "/admin?q=huyen", "/admin?q=nobody", "/admin/invite?unit=3", "/admin/leaders?unit=2",
			"/admin/accounts/" + strconv.FormatInt(p.ID, 10), "/invitation",
		} {
			b.get(path)
			b.want(http.StatusOK, `<html lang="en">`)
			b.lack("⟨", "accountui.")
		}
	})
}
