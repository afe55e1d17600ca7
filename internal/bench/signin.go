package bench

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/base/tree"
)

const secret = "một mật khẩu để đo" // of the people that are made for measuring

func login(n int) string { return fmt.Sprintf("do.luong.%d", n) }

// signIn measures many sign-ins at the same moment, as at eight in the morning:
// of one in ten of those who watch.
func (b *bench) signIn(ctx context.Context) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	first, burst := s.made+1, max(1, b.Screens/10)
	units := make([]tree.UnitID, burst)
	for i := range units {
		units[i] = s.root
	}
	if _, err := s.visitors(ctx, units); err != nil {
		return err
	}
	var took times
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	began := time.Now()
	for i := range burst {
		group.Go(func() {
			began := time.Now()
			if err := signInOnce(ctx, s.host, login(first+i), byte(2+i%20)); err != nil {
				failed.CompareAndSwap(nil, &err)
			}
			took.add(time.Since(began))
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	b.tell("sign-in.rate", float64(burst)/time.Since(began).Seconds(), "sign-ins/s")
	b.tell("sign-in.p99", took.percentile(99), "ms")
	return nil
}

// signInOnce signs somebody in from one of the machine's own addresses: of one
// address only so many may try at the same time.
func signInOnce(ctx context.Context, host, login string, from byte) error {
	form := url.Values{"login": {login}, "password": {secret}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+host+"/sign-in", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{
		Transport: &http.Transport{
			DisableKeepAlives: true,
			DialContext:       (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, from)}}).DialContext,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("a sign-in is answered with %s", response.Status)
	}
	return nil
}
