package app

import (
	"context"
	"errors"

	"github.com/gofrs/flock"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/doctor"
)

// DoctorRequest is what a doctor is told of an installation besides where it is.
type DoctorRequest struct {
	Certificate, Host string // given to serve; "" for the installation's own
	Lang              text.Lang
}

// Said is a finding of the doctor's in words.
type Said struct {
	Check   string       `json:"check"`
	Grade   doctor.Grade `json:"grade"`
	Message string       `json:"message"`
}

// Doctor looks an installation over: through the process that serves it when
// there is one, else by itself. Unlike other commands it waits for nobody and
// brings nothing up to date. Faults: NotFound where there is no installation.
func Doctor(ctx context.Context, config Config, request DoctorRequest) ([]Said, error) {
	r := &Records{config: config.filled()}
	used := r.has(keyFile) || r.has(databaseFile) || r.has(restoringFolder) || config.Database != ""
	if !used || !exists(config.Data) {
		return nil, nothingIn(config.Data)
	}
	held := false
	if r.has(lockFile) { // else it would be made
		r.lock = flock.New(r.path(lockFile), flock.SetPermissions(0o600))
		free, err := r.lock.TryLock()
		if err != nil {
			return nil, refusedDirectory(config.Data, err)
		}
		if c := newRemote(config); !free && c.answers(ctx) {
			return c.doctor(ctx, request)
		}
		held = !free
	}
	said, err := r.look(ctx, request, held)
	return said, errors.Join(err, r.Close())
}

// look examines a directory that nobody serves.
func (r *Records) look(ctx context.Context, request DoctorRequest, held bool) ([]Said, error) {
	p := r.patient(request)
	p.Held = held
	source := r.config.Database
	if source == "" {
		source = r.path(databaseFile)
	}
	switch {
	case r.config.Database == "" && !r.has(databaseFile):
		p.Refused = fault.New(fault.NotFound, "app.database.elsewhere", "dir", r.config.Data)
	default:
		db, err := store.Look(ctx, source)
		if err != nil {
			p.Refused = refusedDatabase(ctx, source, err)
			break
		}
		r.DB, p.DB = db, db
		if p.Business, err = r.clock(ctx); err != nil {
			p.Business = clock.Machine // the log's own check says what is wrong with it
		}
	}
	return say(doctor.Examine(ctx, p), request.Lang)
}

// Doctor looks over the installation that this process serves.
func (a *App) Doctor(ctx context.Context, request DoctorRequest) ([]Said, error) {
	p := a.patient(request)
	p.DB, p.Business, p.Served = a.DB, a.config.Business, true
	if a.courier != nil {
		p.Mail = a.courier.Probe
	}
	return say(doctor.Examine(ctx, p), request.Lang)
}

func (r *Records) patient(request DoctorRequest) doctor.Patient {
	return doctor.Patient{
		Dir: r.config.Data, Schemas: Schemas(), Machine: clock.Machine, Certificate: request.Certificate, Host: request.Host,
		Names: doctor.Names{
			Database: databaseFile, Key: keyFile, Socket: socketFile, Host: hostFile, Authority: authorityFolder, Obtained: obtainedFolder,
			Restoring: restoringFolder, BackupMark: backupMark, DemoMark: demoMark, Recordings: recordingsFolder,
		},
	}
}

// say puts findings into words.
func say(findings []doctor.Finding, lang text.Lang) ([]Said, error) {
	texts, err := Texts()
	if err != nil {
		return nil, err
	}
	var list []Said
	for _, f := range findings {
		list = append(list, Said{f.Check, f.Grade, texts.T(lang, f.Key, f.Args...)})
	}
	return list, nil
}
