package directiveui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// writing is a draft with what its form needs.
type writing struct {
	directive directive.Directive
	profile   *profile.Profile
	levels    []profile.Level // below the issuing unit, those with units first asked for
	file      *file.File
	savedBy   string
}

// write reads a draft that the person may write on.
func (s *screens) write(r *web.Request) (writing, error) {
	id, err := r.ID("id")
	if err != nil {
		return writing{}, err
	}
	var w writing
	err = r.View(func(q store.Querier) error {
		if w.directive, err = directive.Read(r.Context(), q, r.Actor, id); err != nil {
			return err
		}
		if err := r.Actor.May(access.DirectiveDraft, w.directive.Unit); err != nil {
			return err
		}
		switch {
		case w.directive.State == directive.Ceased:
			return fault.New(fault.Conflict, "directive.closed")
		case w.directive.Draft == nil:
			return fault.New(fault.Conflict, "directive.draft.none")
		}
		return w.surround(r.Context(), q, r.Actor)
	})
	return w, err
}

// surround reads what stands around the draft: levels, file, who saved it.
func (w *writing) surround(ctx context.Context, q store.Querier, actor access.Actor) error {
	var err error
	if w.profile, err = org.Pinned(ctx, q, w.directive.Document.Profile); err != nil {
		return err
	}
	issuer, _ := actor.Tree.Unit(w.directive.Unit)
	w.levels = usedLevels(actor, w.directive, directive.LevelsBelow(w.profile, issuer.Level))
	if id := w.directive.Draft.Document.File; id != "" {
		attached, err := file.Get(ctx, q, id)
		if err != nil {
			return err
		}
		w.file = &attached
	}
	if w.directive.DraftedBy != 0 && w.directive.DraftedBy != actor.Person {
		person, err := account.Find(ctx, q, w.directive.DraftedBy)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		w.savedBy = person.Name
	}
	return nil
}

// usedLevels leaves out levels that no unit below has and the draft does not
// speak of: an empty field for each would only be in the way. Before there are
// any units at all, none is left out.
func usedLevels(actor access.Actor, d directive.Directive, levels []profile.Level) []profile.Level {
	used := map[string]bool{}
	for _, unit := range actor.Tree.Subtree(d.Unit) {
		if unit.ID != d.Unit {
			used[unit.Level] = true
		}
	}
	if len(used) == 0 {
		return levels
	}
	for _, key := range d.Draft.Document.Levels() {
		used[key] = true
	}
	var list []profile.Level
	for _, level := range levels {
		if used[level.Key] {
			list = append(list, level)
		}
	}
	return list
}

// sheet is the draft's form, empty yet.
func (w writing) sheet(r *web.Request, form *web.Form) *sheet {
	return &sheet{form: form, lang: r.Lang, levels: w.levels, stored: *w.directive.Draft}
}

func (s *screens) showEdit(r *web.Request) error {
	w, err := s.write(r)
	if err != nil {
		return err
	}
	return s.renderEdit(r, w, http.StatusOK, s.filled(r, w), nil)
}

// filled is the form with the stored draft in it.
func (s *screens) filled(r *web.Request, w writing) *web.Form {
	form := r.NewForm("directive")
	w.sheet(r, form).fill(*w.directive.Draft)
	return form
}

// save keeps what stands in the form and does what the pressed button asks for.
func (s *screens) save(r *web.Request) error {
	form, err := r.Posted("directive")
	if err != nil {
		return err
	}
	w, err := s.write(r)
	if err != nil {
		return err
	}
	do := parseAct(form.Raw("do"))
	draft := w.sheet(r, form).draft(do)
	if do.name == "remove" && do.what == "file" {
		draft.Document.File = ""
	}
	upload, err := s.receive(form)
	refused := err != nil // the file alone can be: what cannot be read elsewhere is kept as typed
	if err := form.Refused(err); err != nil {
		return err
	}
	revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // none is none that was read
	err = r.Update(func(tx *ledger.Tx) error {
		if upload != nil {
			saved, err := file.Save(r.Context(), tx, *upload, draft.Document.Marks, int64(w.directive.Unit), r.Actor.Person)
			if err != nil {
				return err
			}
			draft.Document.File = saved.ID
		}
		var err error
		w.directive, err = directive.Save(r.Context(), tx, r.Actor, directive.SaveCommand{
			Directive: w.directive.ID, Revision: revision, Draft: draft,
		})
		return err
	})
	if fault.Is(err, fault.Conflict) && !r.WantsJSON() {
		return s.renderConflict(r, form, draft)
	}
	if fault.Is(err, fault.Invalid) && !r.WantsJSON() { // above the ceiling of secrecy
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderEdit(r, w, form.Status(), form, nil)
	}
	if err != nil {
		return err
	}
	if refused {
		return s.renderEdit(r, w, http.StatusUnprocessableEntity, form, nil)
	}
	return s.saved(r, do, w)
}

// receive takes the file of the form; nil when none was sent.
func (s *screens) receive(form *web.Form) (*file.Upload, error) {
	header, err := form.File("file")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	content, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer content.Close()
	upload, err := s.Folder.Take(header.Filename, content)
	if err != nil {
		return nil, err
	}
	return &upload, nil
}

// saved answers after the draft was kept.
func (s *screens) saved(r *web.Request, do act, w writing) error {
	id := strconv.FormatInt(w.directive.ID, 10)
	edit := "/directives/" + id + "/edit"
	switch {
	case r.WantsJSON():
		return r.JSON(map[string]any{
			"revision": w.directive.Revision,
			"saved":    r.T("directives.edit.saved", "time", text.TimeOfDay(r.Now(), r.Zone())),
		})
	case r.Query("part") != "":
		return s.renderForm(r, w)
	case do.name == "review":
		return s.toReview(r, w)
	}
	if do.what == "" {
		r.Notice("directives.edit.saved", "time", text.TimeOfDay(r.Now(), r.Zone()))
	}
	return r.See(edit + do.anchor(len(w.directive.Draft.Document.Milestones)))
}

// toReview goes on to what is read before signing, when nothing keeps the draft
// from being issued; else it shows the form with all that does.
func (s *screens) toReview(r *web.Request, w writing) error {
	err := r.View(func(q store.Querier) error { return directive.Ready(r.Context(), q, r.Actor, w.directive) })
	if err == nil {
		return r.See(fmt.Sprintf("/directives/%d/review", w.directive.ID))
	}
	form := s.filled(r, w)
	if err := refuse(form, err); err != nil {
		return err
	}
	return s.renderEdit(r, w, http.StatusUnprocessableEntity, form, nil)
}

// refuse adds to the form what keeps a draft from being issued. What could not
// be read stands there already, in better words.
func refuse(form *web.Form, err error) error {
	all := fault.All(err)
	if len(all) == 0 {
		return err
	}
	for _, one := range all {
		if one.Key != "directive.unread" {
			form.Wrong(one)
		}
	}
	return nil
}
