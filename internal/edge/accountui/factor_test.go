package accountui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"giaoban/internal/base/access"
)

var (
	secret   = regexp.MustCompile(`class="hash">([A-Z2-7]{16,})<`)
	half     = regexp.MustCompile(`name="secret" value="([^"]+)"`)
	recovery = regexp.MustCompile(`<code>([0-9A-Z-]{19})</code>`)
)

func TestSigningInTakesACodeOnceItIsTurnedOn(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("an.le", at(province, access.Leader))
		b := s.signedIn("an.le")
		digits := func(key string) string {
			code, err := totp.GenerateCode(key, s.machine.Now())
			if err != nil {
				t.Fatal(err)
			}
			return code
		}
		b.post("/account/factor", "password", "wrong")
		b.want(http.StatusUnprocessableEntity, "Mật khẩu chưa đúng.")
		b.post("/account/factor", "password", right)
		b.want(http.StatusOK, "<svg", "Quét hình này")
		key := secret.FindStringSubmatch(b.body)[1]
		b.post("/account/factor/confirm", "code", "000000")
		b.want(http.StatusUnprocessableEntity, "Mã chưa đúng", key)
		b.post("/account/factor/confirm", "code", digits(key))
		b.want(http.StatusOK, "chúng chỉ hiện một lần")
		codes := recovery.FindAllStringSubmatch(b.body, -1)
		if len(codes) != 10 {
			t.Fatalf("%d recovery codes on the page, want 10", len(codes))
		}
		b.get("/account")
		b.want(http.StatusOK, "đang bật", "Còn 10 mã dự phòng")
		b.lack(key, codes[0][1])

		s.machine.Advance(30 * time.Second)
		other := s.browser()
		enter := func(code string) {
			other.post("/sign-in", "login", "an.le", "password", right, "next", "/account")
			other.want(http.StatusOK, "Nhập mã xác thực")
			other.post("/sign-in/factor", "secret", half.FindStringSubmatch(other.body)[1], "code", code, "next", "/account")
		}
		other.get("/account")
		other.want(http.StatusOK, "Tên đăng nhập")
		enter("000000")
		other.want(http.StatusUnprocessableEntity, "Mã chưa đúng")
		enter(digits(key))
		other.want(http.StatusOK, "Tài khoản của tôi")
		if !strings.HasPrefix(other.path, "/account") {
			t.Errorf("after the code the page is %s, want where one wanted to go", other.path)
		}
		other = s.browser()
		enter(strings.ToLower(codes[0][1]))
		other.want(http.StatusOK, "Còn 9 mã dự phòng")
		other.post("/account/factor/remove", "password", right)
		other.want(http.StatusOK, "Đã tắt xác thực hai bước.")
		s.signedIn("an.le")
	})
}

func TestTheCeilingIsSetByWhoeverRunsTheSystem(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("root", at(centre, access.SystemAdmin))
		s.person("lead", at(centre, access.Leader), at(centre, access.UnitAdmin))
		b := s.signedIn("root")
		b.get("/settings")
		b.want(http.StatusOK, "Mức mật cao nhất", "Tuyệt mật")
		b.post("/settings", "ceiling", "cosmic")
		b.want(http.StatusUnprocessableEntity, "Vui lòng chọn một mức")
		b.post("/settings", "ceiling", "secret")
		b.want(http.StatusOK, "Đã lưu thiết lập.", `value="secret" checked`)
		other := s.signedIn("lead")
		other.get("/settings")
		other.want(http.StatusForbidden)
		other.post("/settings", "ceiling", "absolute-secret")
		other.want(http.StatusForbidden)
	})
}

func TestWhoOwesASecondFactorReachesNothingElse(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("root", at(centre, access.SystemAdmin))
		above := s.person("above", at(province, access.UnitAdmin))
		lead := s.person("lead", at(district, access.Leader))
		root := s.signedIn("root")
		b := s.signedIn("lead")
		root.post("/settings/factor", "roles", "king")
		root.want(http.StatusUnprocessableEntity, "Vui lòng chọn ít nhất một vai trò")
		root.post("/settings/factor", "roles", "leader")
		root.want(http.StatusOK, "Đã lưu thiết lập.", `value="leader" checked`)
		b.post("/settings/factor", "roles", "viewer")
		b.want(http.StatusForbidden, "Cần bật xác thực hai bước")
		b.get("/")
		b.want(http.StatusOK, "Vai trò của bạn yêu cầu xác thực hai bước")
		if !strings.HasPrefix(b.path, "/account") {
			t.Errorf("who owes a second factor is led to %s", b.path)
		}
		b.post("/account/factor", "password", right)
		key := secret.FindStringSubmatch(b.body)[1]
		code, err := totp.GenerateCode(key, s.machine.Now())
		if err != nil {
			t.Fatal(err)
		}
		b.post("/account/factor/confirm", "code", code)
		b.want(http.StatusOK, "Đồng chí lead")
		b.get("/")
		b.want(http.StatusOK, `"person"`)

		page := fmt.Sprintf("/admin/accounts/%d", lead.ID)
		b.post(page + "/factor")
		b.want(http.StatusForbidden)
		admin := s.signedIn("above")
		admin.get(page)
		admin.want(http.StatusOK, "Gỡ xác thực hai bước đã mất")
		admin.post(page + "/factor")
		admin.want(http.StatusOK, "Đã gỡ xác thực hai bước")
		admin.lack("Gỡ xác thực hai bước đã mất")
		admin.post(fmt.Sprintf("/admin/accounts/%d/factor", above.ID))
		admin.want(http.StatusForbidden)
		b.get("/account")
		b.want(http.StatusOK, "Tên đăng nhập")
	})
}

func TestACodeForANewPasswordStillTakesTheSecondStep(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("above", at(province, access.UnitAdmin))
		lead := s.person("lead", at(district, access.Leader))
		b := s.signedIn("lead")
		b.post("/account/factor", "password", right)
		code, err := totp.GenerateCode(secret.FindStringSubmatch(b.body)[1], s.machine.Now())
		if err != nil {
			t.Fatal(err)
		}
		b.post("/account/factor/confirm", "code", code)
		spare := recovery.FindAllStringSubmatch(b.body, -1)[0][1]
		admin := s.signedIn("above")
		admin.post(fmt.Sprintf("/admin/accounts/%d/reset", lead.ID))
		other := s.browser()
		other.post("/invitation/"+admin.codes()[0], "password", "một mật khẩu khác hẳn")
		other.want(http.StatusOK, "Nhập mã xác thực")
		other.get("/account")
		other.want(http.StatusOK, "Tên đăng nhập")
		other.post("/invitation/"+admin.codes()[0], "password", "một mật khẩu khác hẳn")
		other.want(http.StatusUnprocessableEntity, "Mã này đã được dùng")
		other.post("/sign-in", "login", "lead", "password", "một mật khẩu khác hẳn")
		other.post("/sign-in/factor", "secret", half.FindStringSubmatch(other.body)[1], "code", spare)
		other.want(http.StatusOK, `"person"`)
	})
}

func TestTheSessionAfterTheSecondStepIsAnother(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("lead", at(district, access.Leader))
		s.person("mallory", at(district, access.Viewer))
		b := s.signedIn("lead")
		b.post("/account/factor", "password", right)
		code, err := totp.GenerateCode(secret.FindStringSubmatch(b.body)[1], s.machine.Now())
		if err != nil {
			t.Fatal(err)
		}
		b.post("/account/factor/confirm", "code", code)
		spare := recovery.FindAllStringSubmatch(b.body, -1)[0][1]
		// A browser that holds somebody else's session signs in over it.
		fixed := s.signedIn("mallory")
		server, err := url.Parse(s.server.URL)
		if err != nil {
			t.Fatal(err)
		}
		before := fixed.client.Jar.Cookies(server)
		fixed.post("/sign-in", "login", "lead", "password", right)
		fixed.want(http.StatusOK, "Nhập mã xác thực")
		fixed.post("/sign-in/factor", "secret", half.FindStringSubmatch(fixed.body)[1], "code", spare)
		fixed.want(http.StatusOK, "Đồng chí lead")
		thief := s.browser()
		thief.client.Jar.SetCookies(server, before)
		thief.get("/account")
		thief.want(http.StatusOK, "Tên đăng nhập")
	})
}
