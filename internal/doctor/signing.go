package doctor

import (
	"context"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/signedpdf"
)

// signing looks at the authorities whose certificates sign papers: one that ended lets no
// paper in any more, and a file that holds none keeps all papers out.
func signing(_ context.Context, p Patient) (found []Finding, err error) {
	authorities, err := signedpdf.Authorities(p.Dir)
	if fault.Is(err, fault.Unavailable) {
		for _, said := range fault.All(err) {
			found = append(found, wrong(said.Key, said.Args...))
		}
		return found, nil
	}
	now := p.Machine.Now()
	for _, one := range authorities {
		switch {
		case now.After(one.NotAfter):
			found = append(found, advice("doctor.signing.ended", "name", one.Subject.CommonName))
		case now.Before(one.NotBefore):
			found = append(found, advice("doctor.signing.early", "name", one.Subject.CommonName))
		}
	}
	return found, err
}
