package newsui

import (
	"net/http"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
)

// lettersPath is where a reader asks for a link to all that an address wrote, and where
// the links of letters lead.
const lettersPath = "/news/letters"

// noArticle names the form of [screens.askMine] to the checks.
const noArticle = 0

// addLetters declares the routes of readers who write from an address.
func (s *screens) addLetters(f *web.Frame) {
	f.Add(
		web.Route{Pattern: "GET " + lettersPath, Action: access.Public, Handle: s.showAskMine},
		web.Route{Pattern: "POST " + lettersPath, Action: access.Public, Handle: s.askMine},
		web.Route{Pattern: "GET " + lettersPath + "/confirm/{token}", Action: access.Public, Handle: s.showConfirm},
		web.Route{Pattern: "POST " + lettersPath + "/confirm/{token}", Action: access.Public, Handle: s.confirm},
		web.Route{Pattern: "GET " + lettersPath + "/take-back/{token}", Action: access.Public, Handle: s.showTakeBack},
		web.Route{Pattern: "POST " + lettersPath + "/take-back/{token}", Action: access.Public, Handle: s.takeBack},
		web.Route{Pattern: "GET " + lettersPath + "/mine/{token}", Action: access.Public, Handle: s.showMine},
		web.Route{Pattern: "POST " + lettersPath + "/mine/{token}", Action: access.Public, Handle: s.eraseMine},
		web.Route{Pattern: "GET " + lettersPath + "/mine/{token}/{copy}", Action: access.Public, Handle: s.giveMine},
	)
}

// lettersPage is a page to which a link in a letter leads, or from which one is asked for.
type lettersPage struct {
	Act      string // ask, confirm, take-back or mine
	Done     bool   // what it is for was done
	Path     string // of its form
	Form     *web.Form
	Check    check     // of ask
	Comments []written // of take-back and mine
	Address  string    // of mine
}

// written is a comment as its reader sees it.
type written struct {
	news.Comment
	Headline string // of the article; "" where the public does not read it
	Path     string
}

// renderLetters shows one of these pages: it is for one reader, and for no program that
// lists pages.
func (s *screens) renderLetters(r *web.Request, page lettersPage, status int) error {
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	r.Writer.Header().Set("X-Robots-Tag", "noindex")
	r.Writer.Header().Set("Referrer-Policy", "no-referrer")
	if err := asPublic(r, r.T("newsui.letters."+page.Act)); err != nil {
		return err
	}
	return r.RenderStatus(status, s.letters, page)
}

// unmailed says that no letter comes, and who has to be asked in its place.
func (s *screens) unmailed() error {
	if s.Mailed {
		return nil
	}
	return fault.New(fault.NotFound, "newsui.letters.unmailed")
}

func (s *screens) showAskMine(r *web.Request) error {
	if err := s.unmailed(); err != nil {
		return err
	}
	return s.renderLetters(r, lettersPage{Act: "ask", Done: r.Query("sent") != "", Path: lettersPath, Form: r.NewForm("letters"), Check: s.checkFor(noArticle, "")}, http.StatusOK)
}

// askMine has a link sent to an address. Whether it wrote anything is told there alone.
func (s *screens) askMine(r *web.Request) error {
	if err := s.unmailed(); err != nil {
		return err
	}
	form, err := r.Posted("letters")
	if err != nil {
		return err
	}
	page := lettersPage{Act: "ask", Path: lettersPath, Form: form}
	if form.Raw("act") == "renew" {
		form.Values.Del("code")
		page.Check = s.checkFor(noArticle, "")
		return s.renderLetters(r, page, http.StatusOK)
	}
	nonce, err := s.passed(r, noArticle, form)
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			return news.AskForMine(r.Context(), tx, news.AskCommand{Address: strings.TrimSpace(form.Raw("email")), Check: string(nonce)})
		})
	}
	if err == nil {
		return r.See(lettersPath + "?sent=1")
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	page.Check = s.checkFor(noArticle, code.Token(form.Raw("token")))
	return s.renderLetters(r, page, form.Status())
}

// named is what the link of the address names for a purpose, by number.
func (s *screens) named(r *web.Request, p news.Purpose) (int64, error) {
	return s.Links.Read(p, r.PathValue("token"), r.Now())
}

func (s *screens) showConfirm(r *web.Request) error {
	id, err := s.named(r, news.ToConfirm)
	if err != nil {
		return err
	}
	var reader news.Reader
	err = r.View(func(q store.Querier) error {
		reader, err = news.ReaderByID(r.Context(), q, id)
		return err
	})
	if err != nil {
		return err
	}
	return s.renderLetters(r, lettersPage{Act: "confirm", Done: !reader.Confirmed.IsZero(), Path: r.URL.Path, Form: r.NewForm("letters")}, http.StatusOK)
}

// confirm says that an address is its reader's: programs that look at links in letters
// send no forms.
func (s *screens) confirm(r *web.Request) error {
	id, err := s.named(r, news.ToConfirm)
	if err != nil {
		return err
	}
	if _, err := r.Posted("letters"); err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.Confirm(r.Context(), tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return r.See(r.URL.Path)
}

func (s *screens) showTakeBack(r *web.Request) error {
	id, err := s.named(r, news.ToTakeBack)
	if err != nil {
		return err
	}
	page := lettersPage{Act: "take-back", Path: r.URL.Path, Form: r.NewForm("letters")}
	err = r.View(func(q store.Querier) error {
		c, err := news.FindComment(r.Context(), q, id)
		if err != nil {
			return err
		}
		page.Done = c.State == news.TakenBack
		page.Comments, err = writtenOf(r, q, []news.Comment{c})
		return err
	})
	if err != nil {
		return err
	}
	return s.renderLetters(r, page, http.StatusOK)
}

func (s *screens) takeBack(r *web.Request) error {
	id, err := s.named(r, news.ToTakeBack)
	if err != nil {
		return err
	}
	if _, err := r.Posted("letters"); err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.TakeBack(r.Context(), tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return r.See(r.URL.Path)
}
