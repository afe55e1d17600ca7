package exchange

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news"
	"giaoban/internal/part/org"
)

// record is one line of a bundle: one of them is set.
type record struct {
	File       *news.CarriedFile       `json:"file,omitempty"`
	Picture    *news.CarriedPicture    `json:"picture,omitempty"`
	Site       *news.CarriedSite       `json:"site,omitempty"`
	Rules      *news.CarriedRules      `json:"rules,omitempty"`
	Categories *news.CarriedCategories `json:"categories,omitempty"`
	Article    *news.Carried           `json:"article,omitempty"`
	Board      *news.CarriedBoard      `json:"board,omitempty"`
	Decision   *news.Decision          `json:"decision,omitempty"`
	Opinion    *news.Opinion           `json:"opinion,omitempty"`
	Gone       *news.Gone              `json:"gone,omitempty"`
}

// Written is what a bundle holds that was written.
type Written struct {
	Sequence  int64
	Articles  int // withdrawn ones, too
	Boards    int // public ones
	Files     int
	Decisions int // about readers' comments
	Opinions  int // of readers, about which nobody has decided
	Gone      int // of readers, that they took back
}

// WriteNews writes all that the public reads as a bundle for the public side, with what
// was decided about the comments that came from there. q sees one state throughout; the same
// state gives the same bytes. Faults: Conflict where the news come from another installation.
func WriteNews(ctx context.Context, q store.Querier, folder *file.Folder, signer note.Signer, to io.Writer) (w Written, err error) {
	inside, err := news.SideOf(ctx, q, news.Inside)
	if err != nil {
		return w, err
	}
	if inside.Key != "" {
		return w, fault.New(fault.Conflict, "exchange.no-news")
	}
	files, err := news.CarryFiles(ctx, q)
	if err != nil {
		return w, err
	}
	records, err := measured(recordsName, func(to io.Writer) error {
		w = Written{Files: len(files)}
		return w.news(ctx, q, files, to)
	})
	if err != nil {
		return w, err
	}
	parts := append([]source{records}, contents(folder, files)...)
	return w, w.sign(ctx, q, signer, News, parts, to)
}

// sign numbers the bundle by the log: what the public reads changes by events alone.
func (w *Written) sign(ctx context.Context, q store.Querier, signer note.Signer, kind Kind, parts []source, to io.Writer) (err error) {
	if w.Sequence, _, err = ledger.Head(ctx, q); err != nil {
		return err
	}
	return write(to, signer, kind, w.Sequence, parts)
}

// contents are the parts of files, each content once.
func contents(folder *file.Folder, files []news.CarriedFile) (parts []source) {
	known := map[string]bool{}
	for _, f := range files {
		sum := hashOf(f)
		if known[sum] {
			continue
		}
		known[sum] = true
		parts = append(parts, source{part{filesFolder + sum, f.Size, sum}, func(to io.Writer) error {
			content, err := folder.Content(f.ID)
			if err != nil {
				return err
			}
			_, err = to.Write(content)
			return err
		}})
	}
	return parts
}

// hashOf is the SHA-256 with which a file's id begins.
func hashOf(f news.CarriedFile) string {
	const digits = 64
	return f.ID[:min(digits, len(f.ID))]
}

// lines writes records.
func lines(to io.Writer) (say func(record) error, flush func() error) {
	buffered := bufio.NewWriter(to)
	encoder := json.NewEncoder(buffered)
	return func(r record) error { return encoder.Encode(r) }, buffered.Flush
}

func (w *Written) news(ctx context.Context, q store.Querier, files []news.CarriedFile, to io.Writer) error {
	say, flush := lines(to)
	for i := range files {
		if err := say(record{File: &files[i]}); err != nil {
			return err
		}
	}
	pictures, err := news.CarryPictures(ctx, q)
	for i := range pictures {
		if err == nil {
			err = say(record{Picture: &pictures[i]})
		}
	}
	if err != nil {
		return err
	}
	if err := settings(ctx, q, say); err != nil {
		return err
	}
	if err := w.shown(ctx, q, say); err != nil {
		return err
	}
	return flush()
}

// settings says how the public page is shown, and what its desks have set.
func settings(ctx context.Context, q store.Querier, say func(record) error) error {
	site, err := news.CarrySite(ctx, q)
	if err == nil {
		err = say(record{Site: &site})
	}
	if err != nil {
		return err
	}
	rules, err := news.CarryRules(ctx, q)
	for i := range rules {
		if err == nil {
			err = say(record{Rules: &rules[i]})
		}
	}
	if err != nil {
		return err
	}
	categories, err := news.CarryCategories(ctx, q)
	for i := range categories {
		if err == nil {
			err = say(record{Categories: &categories[i]})
		}
	}
	return err
}

// shown says articles, boards and decisions.
func (w *Written) shown(ctx context.Context, q store.Querier, say func(record) error) error {
	desks, err := desksNow(ctx, q)
	if err != nil {
		return err
	}
	err = news.CarryArticles(ctx, q, func(a news.Carried) (err error) {
		w.Articles++
		if a.Desk, err = desks.name(ctx, q, a.Unit); err != nil {
			return err
		}
		return say(record{Article: &a})
	})
	if err != nil {
		return err
	}
	boards, err := news.CarryBoards(ctx, q)
	for i := range boards {
		if w.Boards++; err == nil {
			err = say(record{Board: &boards[i]})
		}
	}
	if err != nil {
		return err
	}
	public, err := news.SideOf(ctx, q, news.Outside)
	if err != nil || public.Key == "" {
		return err
	}
	return news.CarryDecisions(ctx, q, public, func(d news.Decision) error {
		w.Decisions++
		return say(record{Decision: &d})
	})
}

// desks are the names of the units that have one, as of the log's last day.
type desks struct {
	day   clock.Date
	names map[tree.UnitID]string
}

func desksNow(ctx context.Context, q store.Querier) (desks, error) {
	p, err := org.Profile(ctx, q)
	if err != nil {
		return desks{}, err
	}
	_, last, err := ledger.Head(ctx, q)
	return desks{clock.DateOf(last, p.Location()), map[tree.UnitID]string{}}, err
}

// name is a unit's, looked up once; "" of one that is there no more.
func (d desks) name(ctx context.Context, q store.Querier, unit tree.UnitID) (string, error) {
	if name, known := d.names[unit]; known {
		return name, nil
	}
	found, err := org.UnitAt(ctx, q, d.day, unit)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	d.names[unit] = found.Name
	return found.Name, nil
}

// WriteOpinions writes the readers' comments about which nobody has decided as a bundle for
// the inside, and which ones were taken back. Faults: Conflict where no news were taken.
func WriteOpinions(ctx context.Context, q store.Querier, signer note.Signer, to io.Writer) (w Written, err error) {
	inside, err := news.SideOf(ctx, q, news.Inside)
	if err != nil {
		return w, err
	}
	if inside.Key == "" {
		return w, fault.New(fault.Conflict, "exchange.no-opinions")
	}
	records, err := measured(recordsName, func(to io.Writer) error {
		w = Written{}
		say, flush := lines(to)
		err := news.CarryOpinions(ctx, q, func(o news.Opinion) error {
			w.Opinions++
			return say(record{Opinion: &o})
		})
		if err != nil {
			return err
		}
		err = news.CarryGone(ctx, q, func(g news.Gone) error {
			w.Gone++
			return say(record{Gone: &g})
		})
		if err != nil {
			return err
		}
		return flush()
	})
	if err != nil {
		return w, fmt.Errorf("writing opinions: %w", err)
	}
	return w, w.sign(ctx, q, signer, Opinions, []source{records}, to)
}
