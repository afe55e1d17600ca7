package news_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

func (w world) dress(who string, cmd news.SetSiteCommand) (news.Site, error) {
	return act(w, who, func(tx *ledger.Tx, actor access.Actor) (news.Site, error) {
		return news.SetSite(w.t.Context(), tx, actor, cmd)
	})
}

func (w world) dressed() (site news.Site) {
	w.OK(w.View(func(q store.Querier) (err error) {
		site, err = news.SiteOf(w.t.Context(), q)
		return err
	}))
	return site
}

func TestTheRootSaysHowThePublicPageIsShown(t *testing.T) {
	each(t, func(w world) {
		if got := w.dressed(); got != (news.Site{}) {
			w.t.Errorf("before anybody said so it is %+v", got)
		}
		folder := w.folder()
		logo, err := w.takes(folder, "leader TW", "TW", "biểu trưng", drawing(w.t, 900, 300))
		w.OK(err)
		foreign, err := w.takes(folder, "leader BN", "BN", "ảnh", drawing(w.t, 900, 301))
		w.OK(err)
		cmd := news.SetSiteCommand{Name: "  Cổng tin ", English: "The news", Colour: "1A4F8B", Logo: logo.ID}
		for _, who := range []string{"leader BN", "officer TW", "officer BN"} {
			_, err := w.dress(who, cmd)
			refused(w.t, who, err, fault.Forbidden)
		}
		_, err = w.gives(folder, logo.ID, 480)
		refused(w.t, "the logo before it is one", err, fault.NotFound)
		site, err := w.dress("leader TW", cmd)
		w.OK(err)
		want := news.Site{Name: "Cổng tin", English: "The news", Colour: "#1a4f8b", Logo: &news.Logo{Picture: logo.ID, Width: 480, Height: 160}}
		for _, got := range []news.Site{site, w.dressed()} {
			if diff := cmp.Diff(want, got); diff != "" {
				w.t.Errorf("(-want +got):\n%s", diff)
			}
		}
		_, err = w.gives(folder, logo.ID, 480)
		w.OK(err)
		_, err = w.dress("leader TW", news.SetSiteCommand{Logo: foreign.ID})
		refused(w.t, "the picture of another desk", err, fault.NotFound)
		_, err = w.dress("leader TW", news.SetSiteCommand{Name: strings.Repeat("ă", 81), Colour: "#fc6", Night: "đỏ"})
		refused(w.t, "what cannot be", err, fault.Invalid, "name", "colour", "night")
		_, err = w.dress("leader TW", news.SetSiteCommand{})
		w.OK(err)
		if got := w.dressed(); got != (news.Site{}) {
			w.t.Errorf("after all was taken back it is %+v", got)
		}
		_, err = w.gives(folder, logo.ID, 480)
		refused(w.t, "a logo that is one no more", err, fault.NotFound)
	})
}

// Whatever colour an office takes, what is made of it for the dark and for grounds can be read.
func TestColoursMadeOfOneThatIsLegibleAreLegible(t *testing.T) {
	hexadecimal := rapid.StringMatching(`#[0-9a-f]{6}`)
	rapid.Check(t, func(t *rapid.T) {
		typed := hexadecimal.Draw(t, "colour")
		colour, ok := news.ParseColour(strings.ToUpper(typed))
		if !ok || string(colour) != typed {
			t.Fatalf("%s is read as %q", typed, colour)
		}
		if night := colour.ByNight(); night.On(news.NightGrounds) < news.Legible {
			t.Errorf("%s in the dark is %s: %.2f", colour, night, night.On(news.NightGrounds))
		}
		if wash := colour.Wash(news.DayGrounds[0]); colour.On(news.DayGrounds) >= news.Legible && colour.Contrast(wash) < news.Legible {
			t.Errorf("%s on its wash %s: %.2f", colour, wash, colour.Contrast(wash))
		}
	})
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for pair, want := range map[[2]news.Colour]float64{{"#000000", "#ffffff"}: 21, {"#ffffff", "#ffffff"}: 1, {"#767676", "#ffffff"}: 4.54, {"#ff0000", "#ffffff"}: 4} {
		if got := pair[0].Contrast(pair[1]); got < want-.01 || got > want+.01 {
			t.Errorf("%v: %.3f, want %.2f", pair, got, want)
		}
	}
}

// Colours are judged against the grounds that the style sheets really have.
func TestGroundsAreThoseOfTheStyleSheets(t *testing.T) {
	for sheet, grounds := range map[string][]news.Colour{"token.css": news.DayGrounds, "public.css": news.NightGrounds} {
		css, err := os.ReadFile("../../edge/web/asset/look/" + sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, token := range []string{"sheet", "paper", "hover"} {
			for _, found := range regexp.MustCompile(`--`+token+`:(#[0-9a-f]{6})`).FindAllSubmatch(css, -1) {
				if news.Colour(found[1]) != grounds[i] {
					t.Errorf("--%s of %s is %s, here %s", token, sheet, found[1], grounds[i])
				}
			}
		}
	}
}
