package accountui_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/accountui"
	"giaoban/internal/edge/web"
)

func TestAnInvitationGoesFromTheFormToTheNewAccount(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		b := s.signedIn("admin")
		b.get("/admin/invite?unit=3")
		b.want(http.StatusOK, "Mời một người", "Huyện ủy Quế Võ", `value="unit-admin"`)
		b.lack(`value="system-admin"`)
		b.post("/admin/invite?unit=3", "name", "", "email", "x@", "role", "chair")
		b.want(http.StatusUnprocessableEntity, "Vui lòng chọn ít nhất một vai trò.", `value="x@"`)
		b.post("/admin/invite?unit=3", "name", "Nguyễn Thị Hoa", "email", "hoa@quevo.vn", "role", "leader", "role", "unit-admin")
		b.want(http.StatusOK, "Giấy mời đã sẵn sàng", "Nguyễn Thị Hoa", "<path d=\"M0 0h7", "mailto:hoa@quevo.vn?body=K%C3%ADnh",
			"https://giaoban.example/invitation/", "Dear Nguyễn Thị Hoa")
		code := b.codes()[0]

		guest := s.browser()
		guest.post("/invitation", "code", "sai mã")
		guest.want(http.StatusUnprocessableEntity, "Không có mã này.", `value="sai mã"`)
		guest.post("/invitation", "code", code)
		guest.want(http.StatusOK, "Bạn được mời vào Huyện ủy Quế Võ", "Lãnh đạo, Quản trị đơn vị", `value="Nguyễn Thị Hoa"`)
		guest.post("/invitation/"+code, "name", "", "login", "x", "password", "ngắn")
		guest.want(http.StatusUnprocessableEntity, "Còn 3 chỗ cần sửa", `value="x"`)
		guest.post("/invitation/"+code, "name", "Nguyễn Thị Hoa", "login", "hoa.nguyen", "password", "quê hương tôi đó")
		guest.want(http.StatusOK, `"name":"Nguyễn Thị Hoa"`)
		guest.get("/admin")
		guest.want(http.StatusOK, "Huyện ủy Quế Võ", "hoa.nguyen")
		guest.post("/invitation/"+code, "login", "again", "password", "quê hương tôi đó")
		guest.want(http.StatusUnprocessableEntity, "Mã này đã được dùng.")

		guest.get("/admin?unit=2")
		guest.want(http.StatusForbidden)
		guest.post("/admin/invite?unit=4", "name", "X", "role", "viewer")
		guest.want(http.StatusForbidden)
	})
}

func TestOnlyTheOwnSubtreeIsAdministered(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(district, access.UnitAdmin))
		stranger := s.person("stranger", at(otherDistrict, access.Leader))
		s.person("system", at(centre, access.SystemAdmin))
		b := s.signedIn("admin")
		for _, path := range []string{"/admin?unit=4", "/admin?unit=2", "/admin/invite?unit=4", "/admin/leaders?unit=2", "/admin?unit=99"} {
			b.get(path)
			b.want(http.StatusForbidden)
		}
		b.get(fmt.Sprintf("/admin/accounts/%d", stranger.ID))
		b.want(http.StatusNotFound)
		for _, act := range []string{"disable", "reset"} {
			b.post(fmt.Sprintf("/admin/accounts/%d/%s", stranger.ID, act))
			b.want(http.StatusForbidden)
		}
		b.post("/admin/roles?unit=3", "login", "stranger", "role", "system-admin")
		b.want(http.StatusForbidden)
		b.post("/admin/roles?unit=3", "login", "nobody", "role", "viewer")
		b.want(http.StatusUnprocessableEntity, "Không có tài khoản nào với tên đăng nhập này.")
		b.post("/admin/roles?unit=3", "login", "Stranger", "role", "viewer")
		b.want(http.StatusOK, "Đã cấp vai trò cho Đồng chí stranger.")
		b.get(fmt.Sprintf("/admin/accounts/%d", stranger.ID))
		b.want(http.StatusOK, "Người xem", "ngoài phạm vi của bạn")
		b.lack("Gia Bình", "Khóa tài khoản")
		system := s.signedIn("system")
		system.get("/admin")
		system.want(http.StatusForbidden)
	})
}

func TestAnAccountIsChangedByItsAdministrator(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		p := s.person("an.le", at(district, access.Leader))
		page := fmt.Sprintf("/admin/accounts/%d", p.ID)
		b := s.signedIn("admin")
		b.get(page)
		b.want(http.StatusOK, "Đồng chí an.le", "Lãnh đạo", "Thôi vai trò", "Khóa tài khoản", `value="D1"`)
		b.post(page+"/roles", "role", "viewer", "unit", "huyen uy")
		b.want(http.StatusUnprocessableEntity, "Có nhiều đơn vị như vậy: Huyện ủy Gia Bình (D2), Huyện ủy Quế Võ (D1)", `value="huyen uy"`)
		b.post(page+"/roles", "role", "viewer", "unit", "Trung ương")
		b.want(http.StatusUnprocessableEntity, "Không tìm thấy đơn vị")
		b.post(page+"/roles", "role", "viewer", "unit", "phu lang")
		b.want(http.StatusOK, "Đã cấp vai trò tại Đảng ủy xã Phù Lãng.", "Người xem")
		b.post(page, "name", "Lê Văn An", "email", "", "phone", "")
		b.want(http.StatusOK, "Lê Văn An")
		b.post("/admin/roles/2/end")
		b.want(http.StatusOK, "Đã thôi vai trò Lãnh đạo tại Huyện ủy Quế Võ.")
		b.post(page + "/disable")
		b.want(http.StatusOK, "đã khóa", "Vai trò trước đây")
		guest := s.browser()
		guest.post("/sign-in", "login", "an.le", "password", right)
		guest.want(http.StatusUnprocessableEntity)
		b.post(page + "/enable")
		b.want(http.StatusOK, "đang hoạt động")
		b.post(page + "/reset")
		b.want(http.StatusOK, "đặt mật khẩu mới")
		code := b.codes()[0]
		guest.get("/invitation/" + code)
		guest.want(http.StatusOK, "Tên đăng nhập của bạn: an.le")
		guest.post("/invitation/"+code, "password", "một câu hoàn toàn mới")
		guest.want(http.StatusOK, `"person":`+strconv.FormatInt(p.ID, 10))
	})
}

func TestWhoeverIsNotReachedByMailIsToldAndSoIsTheAdministrator(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		s.person("stranger", at(otherDistrict, access.UnitAdmin))
		p := s.person("an.le", at(district, access.Leader))
		page := fmt.Sprintf("/admin/accounts/%d", p.ID)
		admin, stranger, own := s.signedIn("admin"), s.signedIn("stranger"), s.signedIn("an.le")
		refuse := func() {
			s.do(func(ctx context.Context, tx *ledger.Tx) error {
				return account.AddressRefused(ctx, tx, p.ID, "an@example.vn", "550 <an@example.vn>: no such user")
			})
		}
		own.post("/account", "name", "Lê An", "email", "an@example.vn", "phone", "")
		admin.get("/admin")
		admin.lack("Địa chỉ không nhận được thư")
		refuse()
		admin.get("/admin")
		admin.want(http.StatusOK, "Địa chỉ không nhận được thư", "an@example.vn", `href="`+page+`"`)
		admin.get(fmt.Sprintf("/admin?unit=%d", otherDistrict))
		admin.lack("Địa chỉ không nhận được thư")
		stranger.get("/admin")
		stranger.lack("an@example.vn")
		stranger.post(page + "/address")
		stranger.want(http.StatusForbidden)
		own.get("/account")
		own.want(http.StatusOK, "Máy chủ thư không nhận thư gửi tới an@example.vn", "no such user", "Gửi lại tới địa chỉ này")
		own.post("/account/address")
		own.want(http.StatusOK, "Thư sẽ được gửi lại tới địa chỉ này.")
		own.lack("no such user")
		refuse()
		admin.get(page)
		admin.want(http.StatusOK, "no such user")
		admin.post(page + "/address")
		admin.want(http.StatusOK, "Thư sẽ được gửi lại tới địa chỉ này.")
		admin.lack("no such user")
	})
}

func TestPersonalDataOfWhoLeftIsErasedByTheAdministratorOnly(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		s.person("stranger", at(otherDistrict, access.UnitAdmin))
		p := s.person("an.le", at(district, access.Leader))
		page := fmt.Sprintf("/admin/accounts/%d", p.ID)
		b := s.signedIn("admin")
		b.get(page)
		b.lack("Xóa dữ liệu cá nhân") // who works is not erased
		b.post(page+"/erase", "reason", "đã nghỉ hưu", "sure", "yes")
		b.want(http.StatusConflict, "còn hoạt động")
		b.post(page + "/disable")
		b.want(http.StatusOK, "Xóa dữ liệu cá nhân", "nhật ký")
		b.post(page+"/erase", "reason", "đã nghỉ hưu")
		b.want(http.StatusUnprocessableEntity, "Hãy đánh dấu xác nhận", `value="đã nghỉ hưu"`)
		b.post(page+"/erase", "reason", "  ", "sure", "yes")
		b.want(http.StatusUnprocessableEntity, "an.le")
		other := s.signedIn("stranger")
		other.post(page+"/erase", "reason", "tò mò", "sure", "yes")
		other.want(http.StatusForbidden)
		b.post(page+"/erase", "reason", "đã nghỉ hưu", "sure", "yes")
		b.want(http.StatusOK, "Đã xóa dữ liệu cá nhân", fmt.Sprintf("<h1>(đã xóa theo yêu cầu, #%d)</h1>", p.ID))
		b.lack("an.le")
	})
}

func TestLeafletsForTheUnitsBelowArePrintedOnce(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		s.person("leader", at(otherDistrict, access.Leader))
		b := s.signedIn("admin")
		b.get("/admin")
		b.want(http.StatusOK, "Giấy mời cho cấp dưới", "đã có", "chưa có")
		b.get("/admin/leaders?unit=2")
		b.want(http.StatusOK, "1 đơn vị chưa có lãnh đạo và chưa được mời.", "Huyện ủy Quế Võ")
		b.lack("Huyện ủy Gia Bình")
		b.post("/admin/leaders?unit=2", "admin", "yes")
		b.want(http.StatusOK, "1 giấy mời đã sẵn sàng", "Kính gửi: Lãnh đạo Huyện ủy Quế Võ", "Lãnh đạo, Quản trị đơn vị")
		first := b.codes()
		if len(first) != 1 {
			s.Fatalf("codes on the page: %v, want one", first)
		}
		b.post("/admin/leaders?unit=2", "admin", "yes")
		b.want(http.StatusUnprocessableEntity, "Không có giấy mời nào để tạo", "1 đơn vị đã được mời")
		b.get("/admin")
		b.want(http.StatusOK, "Giấy mời chưa dùng", "(người nhận tự điền tên)")
		b.post("/admin/invitations/1/renew")
		second := b.codes()
		if len(second) != 1 || second[0] == first[0] {
			s.Errorf("a renewed invitation shows %v, want another code than %v", second, first)
		}
		b.post("/admin/invitations/1/withdraw")
		b.want(http.StatusOK, "Đã thu hồi giấy mời.")
		guest := s.browser()
		guest.get("/invitation/" + second[0])
		guest.want(http.StatusUnprocessableEntity, "Mã này đã được thu hồi.")
	})
}

func TestAccountsAreFoundWithoutMarks(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		s.person("le.dung", at(commune, access.Leader))
		b := s.signedIn("admin")
		b.get("/admin?unit=2&q=dong+chi+LE")
		b.want(http.StatusOK, "Đồng chí le.dung", "Đảng ủy xã Phù Lãng")
		b.lack("Đồng chí admin</a>")
		b.get("/admin?unit=2&q=phu+lang")
		b.want(http.StatusOK, `href="/admin?unit=5"`)
		b.get("/admin?unit=2&q=khong+co+ai")
		b.want(http.StatusOK, "Không tìm thấy")
	})
}

func TestSetUpAsksForTheCodeThatTheProgramPrinted(t *testing.T) {
	each(t, nil, func(s *site) {
		code, err := account.SetupCode(s.dir)
		if err != nil {
			s.Fatal(err)
		}
		b := s.browser()
		b.get("/sign-in")
		b.want(http.StatusOK, "Thiết lập lần đầu", "Trung ương")
		b.post("/setup", "code", "0000-0000-0000-0000", "name", "Quản trị", "login", "admin.tw", "password", right)
		b.want(http.StatusUnprocessableEntity, "Mã thiết lập chưa đúng.", `value="admin.tw"`)
		b.post("/setup", "code", string(code), "name", "", "login", "", "password", "1234567890")
		b.want(http.StatusUnprocessableEntity, "Còn 3 chỗ cần sửa")
		b.post("/setup", "code", string(code), "name", "Quản trị", "login", "admin.tw", "password", right)
		b.get("/admin")
		b.want(http.StatusOK, "Chương trình đã sẵn sàng.", "admin.tw", "Quản trị hệ thống, Quản trị đơn vị")
		b.post("/setup", "code", string(code), "name", "Kẻ lạ", "login", "stranger", "password", right)
		b.lack("Kẻ lạ")
		if needed, err := account.NeedsSetUp(s.Context(), s.db.Reader()); err != nil || needed {
			s.Errorf("set-up is still needed: %v, %v", needed, err)
		}
	})
}

func TestSetUpFoundsTheOrganisationWhereThereIsNone(t *testing.T) {
	founding := &accountui.Founding{
		Profiles: func(text.Lang) []web.Option { return []web.Option{{Value: "association", Label: "Hiệp hội"}} },
	}
	each(t, founding, func(s *site) {
		founding.Found = func(_ context.Context, tx *ledger.Tx, profile, rootName string) (tree.UnitID, error) {
			s.tree.Put(tree.Unit{ID: centre, Code: "TW", Name: profile + ": " + rootName})
			return centre, tx.Append(ledger.New{Kind: "test.founded", Subject: "unit:1"})
		}
		code, err := account.SetupCode(s.dir)
		if err != nil {
			s.Fatal(err)
		}
		b := s.browser()
		b.get("/setup")
		b.want(http.StatusOK, "Mẫu tổ chức", "Hiệp hội")
		b.post("/setup", "code", string(code), "profile", "association", "root", "Hội Nông dân",
			"name", "Quản trị", "login", "admin.tw", "password", right)
		b.get("/admin")
		b.want(http.StatusOK, "association: Hội Nông dân")
		events, err := ledger.After(s.Context(), s.db.Reader(), 0, 1)
		if err != nil || len(events) != 1 || events[0].Kind != "test.founded" || events[0].Actor != "set-up" {
			s.Errorf("the first event: %+v, %v", events, err)
		}
	})
}

func TestEveryRouteDeclaresItsAction(t *testing.T) {
	if err := web.CheckRoutes(accountui.New(accountui.Config{}).Routes(), access.Actions...); err != nil {
		t.Error(err)
	}
}

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", access.Texts, account.Texts, web.Texts)
}

func TestWhoHasAnAccountTakesAnInvitationIntoIt(t *testing.T) {
	each(t, nil, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin))
		s.person("lead", at(district, access.Leader))
		admin := s.signedIn("admin")
		admin.post("/admin/invite?unit=4", "role", "officer", "name", "Bà Lead")
		code := admin.codes()[0]
		guest := s.browser()
		guest.get("/invitation/" + code)
		guest.want(http.StatusOK, "Đã có tài khoản ở đơn vị khác?", `href="/sign-in?next=/invitation/`+code)
		guest.post("/invitation/" + code + "/join")
		guest.want(http.StatusOK, "Đăng nhập")
		b := s.signedIn("lead")
		b.get("/invitation/" + code)
		b.want(http.StatusOK, "Bạn đang đăng nhập với tên Đồng chí lead", "Nhận vai trò vào tài khoản này")
		b.post("/invitation/" + code + "/join")
		b.want(http.StatusOK, "Bạn đã nhận vai trò tại Huyện ủy Gia Bình", "Huyện ủy Quế Võ và 1 đơn vị khác")
		b.post("/invitation/" + code + "/join")
		b.want(http.StatusUnprocessableEntity, "Mã này đã được dùng")
	})
}
