package taskui

import (
	"fmt"
	"mime/multipart"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
)

// act does something about a share and goes back to its page, with what was typed where
// it was refused.
func (s *screens) act(r *web.Request, id string, do func(tx *ledger.Tx, t task.Task, unit tree.UnitID, form *web.Form) error) error {
	t, unit, err := s.addressed(r)
	if err != nil {
		return err
	}
	form, err := r.Posted(id)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return do(tx, t, unit, form) })
	if err != nil {
		if err := form.Refused(atForm(err)); err != nil {
			return err
		}
		return s.renderShare(r, t, unit, form, form.Status())
	}
	r.Notice("tasks.done")
	return r.See(sharePath(t.ID, unit))
}

// do is what the unit does.
func (s *screens) do(r *web.Request) error {
	return s.act(r, "do", func(tx *ledger.Tx, t task.Task, unit tree.UnitID, form *web.Form) (err error) {
		switch form.Text("way") {
		case toSee:
			_, err = task.Acknowledge(r.Context(), tx, r.Actor, t.ID, unit)
		case toNote:
			_, err = task.Note(r.Context(), tx, r.Actor, t.ID, unit, form.Lines("text"))
		case toAsk:
			until := form.Date("deadline")
			if err := form.Errors.Err(); err != nil {
				return nothingAdded(form, err)
			}
			_, err = task.Ask(r.Context(), tx, r.Actor, t.ID, unit, until, form.Lines("text"))
		case toFinish:
			err = s.finish(r, tx, t, unit, form)
		default:
			err = fault.New(fault.Invalid, "tasks.act-needed").At("way")
		}
		return err
	})
}

// nothingAdded is what is wrong with a form as an error, once.
func nothingAdded(form *web.Form, err error) error {
	form.Errors = nil
	return err
}

func (s *screens) finish(r *web.Request, tx *ledger.Tx, t task.Task, unit tree.UnitID, form *web.Form) error {
	sent := form.Files("file")
	if len(sent) > task.MostFiles {
		return fault.New(fault.Invalid, "task.files-many", "most", task.MostFiles).At("file")
	}
	if err := r.Actor.May(access.TaskDo, unit); err != nil {
		return err
	}
	cmd := task.FinishCommand{Task: t.ID, Unit: unit, Text: form.Lines("text")}
	cmd.Report, _ = strconv.ParseInt(form.Text("report"), 10, 64) // none is no report
	for _, header := range sent {
		upload, err := s.take(header)
		if err != nil {
			return err
		}
		saved, err := file.Save(r.Context(), tx, upload, t.Marks, int64(unit), r.Actor.Person)
		if err != nil {
			return err
		}
		cmd.Files = append(cmd.Files, saved.ID)
	}
	_, err := task.Finish(r.Context(), tx, r.Actor, cmd)
	return err
}

func (s *screens) take(header *multipart.FileHeader) (file.Upload, error) {
	content, err := header.Open()
	if err != nil {
		return file.Upload{}, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer content.Close()
	return s.Folder.Take(header.Filename, content)
}

// assign gives the share to people of the unit.
func (s *screens) assign(r *web.Request) error {
	return s.act(r, "assign", func(tx *ledger.Tx, t task.Task, unit tree.UnitID, form *web.Form) error {
		var people []int64
		for _, typed := range form.All("person") {
			id, _ := strconv.ParseInt(typed, 10, 64) // none is refused
			people = append(people, id)
		}
		_, err := task.Assign(r.Context(), tx, r.Actor, t.ID, unit, people)
		return err
	})
}

// decide is what whoever verifies does.
func (s *screens) decide(r *web.Request) error {
	return s.act(r, "decide", func(tx *ledger.Tx, t task.Task, unit tree.UnitID, form *web.Form) (err error) {
		switch form.Text("way") {
		case toVerify:
			_, err = task.Verify(r.Context(), tx, r.Actor, t.ID, unit)
		case toReturn:
			_, err = task.Return(r.Context(), tx, r.Actor, t.ID, unit, form.Lines("text"))
		case toRefuse:
			_, err = task.Refuse(r.Context(), tx, r.Actor, t.ID, unit, form.Lines("text"))
		case toGrant:
			until := form.Date("deadline")
			if err := form.Errors.Err(); err != nil {
				return nothingAdded(form, err)
			}
			_, err = task.Extend(r.Context(), tx, r.Actor, t.ID, unit, until)
		default:
			err = fault.New(fault.Invalid, "tasks.act-needed").At("way")
		}
		return err
	})
}

// sendFile sends a piece of evidence for saving.
func (s *screens) sendFile(r *web.Request) error {
	t, unit, err := s.addressed(r)
	if err != nil {
		return err
	}
	n, err := r.ID("n")
	if err != nil {
		return err
	}
	var attached file.File
	err = r.View(func(q store.Querier) error {
		share, err := task.ShareOf(r.Context(), q, t, unit)
		if err != nil {
			return err
		}
		if n > int64(len(share.Files)) {
			return fault.New(fault.NotFound, "task.file-unknown")
		}
		attached, err = file.Get(r.Context(), q, share.Files[n-1])
		return err
	})
	if err != nil {
		return err
	}
	content, err := s.Folder.Open(attached)
	if err != nil {
		return fmt.Errorf("opening evidence of task %d: %w", t.ID, err)
	}
	defer content.Close()
	r.AttachStored(attached, content)
	return nil
}
