package news_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/picture"
	"giaoban/internal/part/news/prose"
)

// drawing is a picture of two colours, the second at its right.
func drawing(t testing.TB, width, height int) []byte {
	t.Helper()
	pixels := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
	for y := range height {
		for x := width / 2; x < width; x++ {
			pixels.SetColorIndex(x, y, 1)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, pixels); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// folder is where a test's files lie.
func (w world) folder() *file.Folder {
	folder, err := file.OpenFolder(w.t.TempDir())
	w.OK(err)
	return folder
}

// takes uploads a picture at somebody's desk.
func (w world) takes(folder *file.Folder, who, unit, key string, content []byte) (news.Picture, error) {
	cut, err := news.TakePicture(folder, "Hội trường.png", bytes.NewReader(content))
	w.OK(err)
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Picture, error) {
		return news.AddPicture(w.t.Context(), tx, actor, news.AddPictureCommand{Key: key, Unit: w.Units[unit], Cut: cut})
	})
}

// gives is the size of a picture as the public is given it.
func (w world) gives(folder *file.Folder, id string, width int64) (size image.Point, err error) {
	var kept file.File
	err = w.View(func(q store.Querier) (err error) {
		kept, err = news.PublicPicture(w.t.Context(), q, id, width)
		return err
	})
	if err != nil {
		return size, err
	}
	content, err := folder.Content(kept.ID)
	w.OK(err)
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	return image.Pt(config.Width, config.Height), err
}

func TestAPictureIsGivenToThePublicWhileAPublishedVersionShowsIt(t *testing.T) {
	each(t, func(w world) {
		folder := w.folder()
		p, err := w.takes(folder, "officer BN", "BN", "ảnh", drawing(w.t, 1200, 800))
		w.OK(err)
		again, err := w.takes(folder, "officer BN", "BN", "ảnh", drawing(w.t, 300, 300))
		w.OK(err)
		if again.ID != p.ID {
			w.t.Errorf("the same form made %s, then %s", p.ID, again.ID)
		}
		text := morning
		text.Picture = &prose.Picture{File: p.ID, Caption: "Hội trường"}
		a, err := w.begin("officer BN", "bài", text)
		w.OK(err)
		_, err = w.publish("leader BN", a, "")
		refused(w.t, "published without a description", err, fault.Invalid, "pictures")
		text.Picture.Alt = "Hội trường đông đại biểu"
		a, err = w.save("officer BN", a, text)
		w.OK(err)
		_, err = w.gives(folder, p.ID, 480)
		refused(w.t, "a draft's picture", err, fault.NotFound)
		a, err = w.publish("leader BN", a, "")
		w.OK(err)
		for width, want := range map[int64]image.Point{480: {X: 480, Y: 320}, 960: {X: 960, Y: 640}, 1200: {X: 1200, Y: 800}} {
			if got, err := w.gives(folder, p.ID, width); err != nil || got != want {
				w.t.Errorf("%d wide: %v (%v), want %v", width, got, err, want)
			}
		}
		_, err = w.gives(folder, p.ID, 500)
		refused(w.t, "a width that there is not", err, fault.NotFound)
		a, err = w.save("officer BN", a, morning)
		w.OK(err)
		_, err = w.gives(folder, p.ID, 480)
		w.OK(err) // the public reads on what was published
		a, err = w.publish("leader BN", a, "Bỏ ảnh.")
		w.OK(err)
		_, err = w.gives(folder, p.ID, 480)
		refused(w.t, "after a correction without it", err, fault.NotFound)
		a, err = w.save("officer BN", a, text)
		w.OK(err)
		a, err = w.publish("leader BN", a, "Trả ảnh.")
		w.OK(err)
		_, err = w.withdraw("leader BN", a, "Nhầm.")
		w.OK(err)
		_, err = w.gives(folder, p.ID, 480)
		refused(w.t, "after it was withdrawn", err, fault.NotFound)
	})
}

func TestADeskShowsItsOwnPicturesAlone(t *testing.T) {
	each(t, func(w world) {
		folder := w.folder()
		_, err := w.takes(folder, "officer BN", "QV", "ảnh", drawing(w.t, 64, 64))
		refused(w.t, "at another unit's desk", err, fault.Forbidden)
		theirs, err := w.takes(folder, "officer QV", "QV", "ảnh", drawing(w.t, 64, 64))
		w.OK(err)
		text := morning
		for _, id := range []string{theirs.ID, theirs.Master, "khong-co"} {
			text.Picture = &prose.Picture{File: id, Alt: "x"}
			_, err = w.begin("officer BN", id, text)
			refused(w.t, "leads with "+id, err, fault.Invalid, "body")
			text.Picture = nil
			text.Body = `{"version":1,"blocks":[{"picture":{"file":"` + id + `"}}]}`
			_, err = w.begin("officer BN", id, text)
			refused(w.t, "shows "+id, err, fault.Invalid, "body")
			text.Body = ""
		}
	})
}

func TestAPictureIsPlacedReplacedAndTakenOut(t *testing.T) {
	each(t, func(w world) {
		folder := w.folder()
		p, err := w.takes(folder, "officer BN", "BN", "ảnh", drawing(w.t, 1000, 1000))
		w.OK(err)
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		place := news.PlacePictureCommand{Article: a.ID, Picture: prose.Picture{File: p.ID, Alt: "một"}}
		put := func(who string) (news.Article, error) {
			return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
				return news.PlacePicture(w.t.Context(), tx, actor, place)
			})
		}
		_, err = put("officer QV")
		refused(w.t, "into another unit's article", err, fault.Forbidden)
		for range 2 { // twice changes nothing
			a, err = put("officer BN")
			w.OK(err)
		}
		wantPictures(w, a, place.Picture)
		cut, err := news.Recut(folder, p, picture.Focus{Left: 0.5, Width: 0.5, Height: 0.5})
		w.OK(err)
		half, err := act(w, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Picture, error) {
			return news.AddPicture(w.t.Context(), tx, actor, news.AddPictureCommand{Key: "cắt", Unit: w.Units["BN"], Cut: cut})
		})
		w.OK(err)
		if half.Master != p.Master || half.ID == p.ID || half.Widest().Width != 500 || half.Widest().Height != 500 {
			w.t.Errorf("cut: %+v of %+v", half, p)
		}
		replace := func(old string, now *prose.Picture, lead bool) (news.Article, error) {
			return act(w, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
				return news.ReplacePicture(w.t.Context(), tx, actor, news.ReplacePictureCommand{Article: a.ID, Old: old, New: now, Lead: lead})
			})
		}
		now := prose.Picture{File: half.ID, Alt: "hai"}
		for _, lead := range []bool{false, true, false} {
			a, err = replace(firstOf(a), &now, lead)
			w.OK(err)
			wantPictures(w, a, now)
			if (a.Text.Picture != nil) != lead {
				w.t.Errorf("it leads: %v, want %v", a.Text.Picture != nil, lead)
			}
		}
		_, err = replace(p.ID, nil, false)
		refused(w.t, "one that is not there", err, fault.NotFound)
		a, err = replace(half.ID, nil, false)
		w.OK(err)
		if !a.Text.Same(morning) {
			w.t.Errorf("without it the text is %+v", a.Text)
		}
		_, err = news.Recut(folder, p, picture.Focus{Left: 0.99, Width: 0.5, Height: 0.5})
		refused(w.t, "cut beside the picture", err, fault.Invalid, "focus")
	})
}

func firstOf(a news.Article) string {
	one, _ := a.Text.Cover()
	return one.File
}

func wantPictures(w world, a news.Article, want ...prose.Picture) {
	w.t.Helper()
	var got []prose.Picture
	for one := range a.Text.Pictures() {
		got = append(got, one)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("pictures of the article (-want +got):\n%s", diff)
	}
}
