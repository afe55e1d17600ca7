package accountui_test

import (
	"net/http"
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
