package briefing_test

import (
	"database/sql"
	"image"
	"image/png"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/part/briefing"
)

// picture is an upload of a photographed sheet.
func (w *world) picture() file.Upload {
	w.Helper()
	folder, err := file.OpenFolder(w.TempDir())
	w.ok(err)
	var content strings.Builder
	w.ok(png.Encode(&content, image.NewGray(image.Rect(0, 0, 8, 8))))
	upload, err := folder.Take("anh-chup.png", strings.NewReader(content.String()))
	w.ok(err)
	return upload
}

func (w *world) keepSheet(by access.Actor, cmd briefing.SheetCommand) error {
	return w.try(func(tx *ledger.Tx) error { _, err := briefing.KeepSheet(w.Context(), tx, by, cmd); return err })
}

// sheet is the scan of a unit's signed sheet.
func (w *world) sheet(s briefing.Site) (sheet briefing.SignedSheet, ok bool) {
	w.Helper()
	w.ok(w.db.View(w.Context(), func(tx *sql.Tx) (err error) {
		sheet, ok, err = briefing.SheetOf(w.Context(), tx, s.ID)
		return err
	}))
	return sheet, ok
}

func TestASiteSendsTheScanOfItsSignedSheet(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		cmd := briefing.SheetCommand{Briefing: b.ID, Unit: w.bacNinh, Heads: 12, Upload: w.upload("ký")}
		w.ok(w.keepSheet(w.atBacNinh, cmd))
		w.ok(w.keepSheet(w.atBacNinh, cmd)) // the same again changes nothing
		site := w.site(b.ID, w.bacNinh)
		first, ok := w.sheet(site)
		if !ok || first.File.Kind != file.PDF || first.By != w.atBacNinh.Person || site.Heads != 12 {
			w.Errorf("kept: %+v, %d heads; want the PDF of twelve", first, site.Heads)
		}
		cmd.Heads, cmd.Upload = 13, w.picture()
		w.ok(w.keepSheet(w.atBacNinh, cmd))
		second, _ := w.sheet(w.site(b.ID, w.bacNinh))
		if second.File.Kind != file.PNG || w.site(b.ID, w.bacNinh).Heads != 13 {
			w.Errorf("kept: %+v; want the picture of thirteen", second)
		}
		if _, err := file.Get(w.Context(), w.db.Reader(), first.File.ID); !fault.Is(err, fault.NotFound) {
			w.Errorf("the first file: %v, want it forgotten", err)
		}
		sheets := 0
		for _, kind := range w.kinds(b.ID) {
			if kind == briefing.SheetKept {
				sheets++
			}
		}
		if sheets != 2 {
			w.Errorf("%d sheets are told, want 2", sheets)
		}
		sent, err := briefing.SheetsOf(w.Context(), w.db.Reader(), b.ID)
		if err != nil || len(sent) != 1 || !sent[site.ID] {
			w.Errorf("sites with a sheet: %v, %v", sent, err)
		}
	})
}

func TestAScannedSheetIsRefused(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		good := briefing.SheetCommand{Briefing: b.ID, Unit: w.bacNinh, Heads: 2, Upload: w.upload("ký")}
		with := func(change func(*briefing.SheetCommand)) briefing.SheetCommand {
			cmd := good
			change(&cmd)
			return cmd
		}
		for what, refusal := range map[string]struct {
			by   access.Actor
			cmd  briefing.SheetCommand
			kind fault.Kind
			key  string
		}{
			"nobody signed":   {w.atBacNinh, with(func(c *briefing.SheetCommand) { c.Heads = 0 }), fault.Invalid, "briefing.sheet-heads"},
			"too many signed": {w.atBacNinh, with(func(c *briefing.SheetCommand) { c.Heads = briefing.MostHeads + 1 }), fault.Invalid, "briefing.sheet-heads"},
			"an Office file":  {w.atBacNinh, with(func(c *briefing.SheetCommand) { c.Upload.Kind = file.Docx }), fault.Invalid, "briefing.sheet-kind"},
			"another's site":  {w.atCaoBang, good, fault.Forbidden, "access.refused"},
			"no site":         {w.atQueVo, with(func(c *briefing.SheetCommand) { c.Unit = w.queVo }), fault.NotFound, "briefing.site-unknown"},
		} {
			w.refused(what, w.keepSheet(refusal.by, refusal.cmd), refusal.kind, refusal.key)
		}
		w.sign(b)
		w.refused("after the minutes", w.keepSheet(w.atBacNinh, good), fault.Conflict, "briefing.minutes-signed")
		if _, ok := w.sheet(w.site(b.ID, w.bacNinh)); ok {
			w.Error("what was refused is kept")
		}
	})
}

func TestASignedSheetIsReadByTheSiteAndTheHostAlone(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		site := w.site(b.ID, w.bacNinh)
		for what, reader := range map[string]struct {
			as  access.Actor
			may bool
		}{
			"the site": {w.atBacNinh, true}, "the chair": {w.chair, true}, "the secretary": {w.secretary, true}, "the host's clerk": {w.clerk, true},
			"another site": {w.atCaoBang, false}, "a unit below": {w.atQueVo, false}, "who looks on at the host": {w.person(40, w.centre, access.Viewer), false},
		} {
			if err := briefing.MayReadSheet(reader.as, b, site); (err == nil) != reader.may {
				w.Errorf("%s: %v, want allowed %t", what, err, reader.may)
			}
		}
	})
}

func TestASignedSheetGoesWithANameThatIsErased(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		w.ok(w.keepSheet(w.atBacNinh, briefing.SheetCommand{Briefing: b.ID, Unit: w.bacNinh, Heads: 2, Upload: w.upload("ký")}))
		w.ok(w.keepSheet(w.atHaNoi, briefing.SheetCommand{Briefing: b.ID, Unit: w.haNoi, Heads: 2, Upload: w.upload("ký")}))
		_, err := w.eraseName(w.person(20, w.centre, access.UnitAdmin), w.centre, leaves, "theo đề nghị")
		w.ok(err)
		if _, ok := w.sheet(w.site(b.ID, w.bacNinh)); ok {
			w.Error("the sheet with the name is still there")
		}
		if _, ok := w.sheet(w.site(b.ID, w.haNoi)); !ok {
			w.Error("another site's sheet is gone")
		}
		w.proves(4)
	})
}

func TestTheSheetToSignHasTheListAndRoomForMore(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		list := []briefing.Attendee{{Name: stays, Post: "Phó Bí thư"}, {Name: leaves, Absent: true}}
		content, err := briefing.BlankPaper(texts(w.TB), text.VI, briefing.Blank{Briefing: b, Site: "Tỉnh Bắc Ninh", Listed: list, Zone: hanoi(w.TB)}).PDF()
		w.ok(err)
		said := poppler.Text(w.TB, content, "-layout")
		for _, want := range []string{"Tỉnh Bắc Ninh", "Chữ ký", stays, "Phó Bí thư", "Tổng số người dự họp", "THƯ KÝ ĐIỂM CẦU", "16"} {
			if !strings.Contains(said, want) {
				w.Errorf("%q is not on the sheet:\n%s", want, said)
			}
		}
		if strings.Contains(said, leaves) {
			w.Errorf("who is absent stands on the sheet to sign:\n%s", said)
		}
	})
}
