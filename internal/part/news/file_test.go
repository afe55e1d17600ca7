package news_test

import (
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

const pdf = "%PDF-1.7\n%%EOF\n"

func TestAFileIsGivenToThePublicWhileAPublishedVersionHasIt(t *testing.T) {
	each(t, func(w world) {
		folder := w.folder()
		a, err := w.begin("officer BN", "bài", morning)
		w.OK(err)
		attach := func(who, key, name, content string) (news.Article, error) {
			upload, err := folder.Take(name, strings.NewReader(content))
			w.OK(err)
			return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
				return news.AttachFile(w.t.Context(), tx, actor, news.AttachFileCommand{Key: key, Article: a.ID, Upload: upload})
			})
		}
		gives := func(id string) error {
			return w.View(func(q store.Querier) error {
				_, err := news.PublicFile(w.t.Context(), q, id)
				return err
			})
		}
		_, err = attach("officer QV", "một", "a.pdf", pdf)
		refused(w.t, "to another unit's article", err, fault.Forbidden)
		_, err = attach("officer BN", "ảnh", "a.png", string(drawing(w.t, 20, 20)))
		refused(w.t, "a picture", err, fault.Invalid, "file")
		for range 2 { // twice changes nothing
			a, err = attach("officer BN", "một", "Kết luận.pdf", pdf)
			w.OK(err)
		}
		if len(a.Text.Files) != 1 {
			w.t.Fatalf("attached: %q, want one", a.Text.Files)
		}
		id := a.Text.Files[0]
		refused(w.t, "a draft's file", gives(id), fault.NotFound)
		a, err = w.publish("leader BN", a, "")
		w.OK(err)
		w.OK(gives(id))
		a, err = act(w, "officer BN", func(tx *ledger.Tx, actor access.Actor) (news.Article, error) {
			return news.DetachFile(w.t.Context(), tx, actor, a.ID, id)
		})
		w.OK(err)
		w.OK(gives(id)) // the public reads on what was published
		_, err = w.publish("leader BN", a, "Bỏ tệp.")
		w.OK(err)
		refused(w.t, "after a correction without it", gives(id), fault.NotFound)
	})
}

func TestAFileThatIsNotTheDesksCannotBeAttached(t *testing.T) {
	each(t, func(w world) {
		upload, err := w.folder().Take("mật.pdf", strings.NewReader(pdf))
		w.OK(err)
		secret, err := act(w, "officer BN", func(tx *ledger.Tx, actor access.Actor) (file.File, error) { // of the unit, but not of its desk
			return file.Save(w.t.Context(), tx, upload, marking.Marks{}, int64(w.Units["BN"]), actor.Person)
		})
		w.OK(err)
		for _, id := range []string{secret.ID, "khong-co"} {
			text := morning
			text.Files = []string{id}
			_, err = w.begin("officer BN", id, text)
			refused(w.t, "attached by its id", err, fault.Invalid, "file")
			text.Files, text.Body = nil, `{"version":1,"blocks":[{"picture":{"file":"`+id+`","alt":"x"}}]}`
			_, err = w.begin("officer BN", id, text)
			refused(w.t, "shown as a picture", err, fault.Invalid, "body")
		}
	})
}
