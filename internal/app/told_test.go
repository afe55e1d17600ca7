package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/simulate"
)

// TestShotsOfWhatCommunesToldByTelephone is the way of figures from a telephone
// to a proof: an officer of the province enters what three communes told, the
// board shows them as provisional, one commune's leader confirms with a passkey
// on a small screen, the district accepts, and the receipt holds on the public
// page and before the independent verifier, which names a byte that was altered.
//
// Pictures of it go into the folder that GIAOBAN_SHOTS names.
func TestShotsOfWhatCommunesToldByTelephone(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		o := newOffice(t, database)
		o.url = strings.Replace(o.url, "127.0.0.1", "localhost", 1) // passkeys belong to names
		s := o.storm()
		watcher := s.watch()
		s.tellOne(watcher)
		s.tellTheRest(watcher)
		s.confirm(watcher)
		s.accept(watcher)
		receipt := s.receipt()
		s.checkPublicly(receipt)
		s.checkIndependently(receipt)
		o.verified()
	})
}

// storm is the story's directive: what a night's storm damaged, by telephone.
type storm struct {
	*office
	directive int64
	communes  []tree.Unit
}

const damage = "damage" // the milestone

func (o *office) storm() *storm {
	o.t.Helper()
	s := &storm{office: o}
	for _, u := range o.Tree.Children(o.yenPhong) {
		if u.Kind == "commune" && len(s.communes) < 3 {
			s.communes = append(s.communes, u)
		}
	}
	number := func(key, vi, en, unitVI, unitEN string) profile.Indicator {
		return profile.Indicator{Key: key, Name: text.Words{VI: vi, EN: en}, Kind: profile.Number, Required: true, Unit: text.Words{VI: unitVI, EN: unitEN}, Min: new(text.Decimal)}
	}
	o.update(func(tx *ledger.Tx) error {
		d, err := directive.Create(o.t.Context(), tx, o.program(), directive.CreateCommand{
			Unit: o.home, Key: "storm", Draft: directive.Draft{Document: directive.Document{
				Number: "15-CT/TU", Date: "2020-07-09", Title: "Khắc phục hậu quả mưa giông đêm 8/7", Text: "Các xã báo nhanh thiệt hại trong ngày.",
				Milestones: []directive.Milestone{{
					Key: damage, Name: text.Words{VI: "Thống kê thiệt hại", EN: "Damage counted"},
					Deadlines:  []profile.Deadline{{Level: "grassroots", Date: "2020-07-12"}},
					Indicators: []profile.Indicator{number("houses", "Nhà bị tốc mái", "Houses unroofed", "nhà", "houses"), number("fields", "Lúa bị ngập", "Rice flooded", "ha", "ha")},
				}},
			}},
		})
		if err != nil {
			return err
		}
		s.directive = d.ID
		_, err = directive.Issue(o.t.Context(), tx, o.program(), directive.IssueCommand{Directive: d.ID, Revision: d.Revision, Signature: simulated})
		return err
	})
	s.leads(s.communes[0].ID, "lanhdaoxa", "Nguyễn Văn Khánh")
	return s
}

// leads makes somebody the secretary of a unit, who signs in.
func (s *storm) leads(unit tree.UnitID, login, name string) {
	s.t.Helper()
	password, err := hashed()
	if err != nil {
		s.t.Fatal(err)
	}
	s.update(func(tx *ledger.Tx) error {
		p, err := account.CreatePerson(s.t.Context(), tx, s.program(), account.CreateCommand{
			Name: name, Login: login, Password: password, Grants: []access.Grant{{Unit: unit, Role: access.Leader}},
		})
		if err != nil {
			return err
		}
		_, err = org.Appoint(s.t.Context(), tx, s.program(), org.AppointCommand{
			Unit: unit, Body: "standing-body", Post: "secretary", Name: name, Person: p.ID, From: "2020-01-01",
		})
		return err
	})
}

// shoot takes a picture for people to look at.
func (s *storm) shoot(b *browser.Browser, name string) {
	s.t.Helper()
	if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
		b.Eval(`scrollTo(0, 0)`)
		b.Screenshot(filepath.Join(folder, "told-"+name+".png"))
	}
}

// fits fails where a page is wider than its screen or bars somebody out.
func (s *storm) fits(b *browser.Browser) {
	s.t.Helper()
	b.Axe(s.t)
	if wide := b.Eval(`document.documentElement.scrollWidth > innerWidth`); wide == true {
		s.t.Errorf("%s must be pushed aside to be read", b.URL())
	}
}

func (s *storm) place(unit tree.UnitID) string {
	return fmt.Sprintf("%s/report/%d/%s/%d", s.url, s.directive, damage, unit)
}

// watch opens the district's board, which is never loaded again.
func (s *storm) watch() *browser.Browser {
	s.t.Helper()
	b := s.person(s.t, "bacninh")
	b.Go(fmt.Sprintf("%s/board/%d/%d", s.url, s.directive, s.yenPhong))
	b.Wait(`[data-live=on]`)
	b.Eval(`window.neverReloaded = true`)
	return b
}

// seen waits for the state of a commune and the number of provisional ones.
func (s *storm) seen(watcher *browser.Browser, commune tree.Unit, state, provisional string) {
	s.t.Helper()
	watcher.WaitText(fmt.Sprintf(`tr[data-row="%d"] [data-state]`, commune.ID), state)
	if provisional == "0" {
		watcher.WaitGone(`[data-part=told]`)
	} else {
		watcher.WaitText(`[data-show=told]`, provisional)
	}
	if kept := watcher.Eval(`window.neverReloaded === true`); kept != true {
		s.t.Error("the board was loaded anew; it should have changed in place")
	}
}

// tellOne enters the first commune's figures by the form, with the picture of a
// message.
func (s *storm) tellOne(watcher *browser.Browser) {
	s.t.Helper()
	var picture bytes.Buffer
	message := filepath.Join(s.t.TempDir(), "tin nhan.png")
	if err := png.Encode(&picture, bubbles()); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(message, picture.Bytes(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	b, commune := s.person(s.t, "bacninh-cv"), s.communes[0]
	b.Go(s.place(commune.ID))
	s.shoot(b, "1-nothing")
	b.Click(`a[href$="/tell"]`)
	b.Click(`#tell input[name=source][value=chat]`)
	b.Type(`#tell [name=said]`, "Chị Hoa, văn phòng Đảng ủy xã")
	b.Type(`#tell [name="value.houses"]`, "37")
	b.Type(`#tell [name="value.fields"]`, "1.250")
	b.Upload(`#tell [name=file]`, message)
	b.WaitText(`#tell [data-chosen]`, "tin nhan.png")
	s.fits(b)
	s.shoot(b, "2-form")
	b.Click(`#tell .btn.primary`)
	b.WaitText("main", "Chị Hoa, văn phòng Đảng ủy xã báo qua tin nhắn")
	b.WaitText("main", "tin nhan.png")
	if got := b.Eval(fmt.Sprintf(`fetch(%q).then((r) => r.arrayBuffer()).then((a) => a.byteLength)`, b.Eval(`document.querySelector('a[href$="/file"]').href`))); got != float64(picture.Len()) {
		s.t.Errorf("the picture comes back with %v bytes, want %d", got, picture.Len())
	}
	s.shoot(b, "3-evidence")
	s.seen(watcher, commune, "tạm tính", "1")
}

// bubbles looks like a chat on a telephone.
func bubbles() image.Image {
	screen := image.NewRGBA(image.Rect(0, 0, 240, 320))
	draw.Draw(screen, screen.Bounds(), image.NewUniform(color.Gray{240}), image.Point{}, draw.Src)
	for _, at := range []image.Rectangle{image.Rect(12, 16, 160, 56), image.Rect(90, 72, 228, 112), image.Rect(12, 128, 200, 200)} {
		draw.Draw(screen, at, image.NewUniform(color.RGBA{190, 215, 235, 255}), image.Point{}, draw.Src)
	}
	return screen
}

// tellTheRest pastes the other two communes' figures as a table: one cell is
// wrong at first.
func (s *storm) tellTheRest(watcher *browser.Browser) {
	s.t.Helper()
	b := s.person(s.t, "bacninh-cv")
	b.Go(s.place(s.communes[1].ID))
	b.Click(`a[href^="/told/"]`)
	table := "Mã đơn vị\tĐơn vị\tNhà bị tốc mái\tLúa bị ngập\tNgười báo\n" +
		s.communes[1].Code + "\t" + s.communes[1].Name + "\t12\t%s\tAnh Nam, Phó Bí thư\n" +
		s.communes[2].Code + "\t" + s.communes[2].Name + "\t5\t40\tAnh Ba, văn phòng\n"
	b.Type(`#list [name=pasted]`, fmt.Sprintf(table, "chưa rõ"))
	b.Click(`#list input[name=source][value=phone]`)
	b.Click(`#list .btn.primary`)
	b.WaitText("main", "1 chỗ cần sửa")
	b.WaitText("main", "Bảng dán D2")
	s.fits(b)
	s.shoot(b, "4-list-wrong")
	b.Type(`#list [name=pasted]`, fmt.Sprintf(table, "80"))
	b.Click(`#list .btn.primary`)
	b.WaitText("main", "Sẽ ghi thay 2 đơn vị")
	s.fits(b)
	s.shoot(b, "5-list-right")
	b.Click(`#enter .btn.primary`)
	b.WaitText("body", "Đã ghi số liệu tạm tính cho 2 đơn vị")
	for _, commune := range s.communes {
		s.seen(watcher, commune, "tạm tính", "3")
	}
	s.shoot(watcher, "6-board")
}

// confirm signs what was told with a passkey on a telephone.
func (s *storm) confirm(watcher *browser.Browser) {
	s.t.Helper()
	b := s.person(s.t, "lanhdaoxa")
	b.Show(browser.Small)
	b.Passkeys()
	b.Go(s.url + "/account")
	b.Type("#passkey-form [name=name]", "Điện thoại")
	b.Type("#passkey-form [name=password]", simulate.Password)
	b.Click("#passkey-form [data-passkey]")
	b.WaitText("body", "Đã thêm khóa truy cập")

	b.Go(s.url + "/work")
	b.WaitText("main", "Tỉnh Bắc Ninh ghi theo lời Chị Hoa")
	s.fits(b)
	s.shoot(b, "7-work")
	b.Click(fmt.Sprintf(`main a[href^="/report/%d/%s/%d"]`, s.directive, damage, s.communes[0].ID))
	b.WaitText("main", "Cấp trên đã ghi thay đơn vị bạn")
	b.Wait("#confirm [data-passkey]:not([hidden])")
	s.fits(b)
	s.shoot(b, "8-confirm")
	b.Click("#confirm [data-passkey]")
	b.WaitText("main", "Ký bằng khóa truy cập")
	b.WaitText("main", "giống số liệu đã ghi thay")
	s.fits(b)
	s.shoot(b, "9-signed")
	s.seen(watcher, s.communes[0], "chờ duyệt", "2")
}

// accept is the district's leader at the queue.
func (s *storm) accept(watcher *browser.Browser) {
	s.t.Helper()
	b := s.person(s.t, "yenphong")
	b.Go(fmt.Sprintf("%s/queue/%d", s.url, s.yenPhong))
	line := fmt.Sprintf(`li[data-name=%q]`, s.communes[0].Name)
	b.Click(line + ` [data-accept]`)
	b.WaitGone(line)
	s.seen(watcher, s.communes[0], "đã duyệt", "2")
}
