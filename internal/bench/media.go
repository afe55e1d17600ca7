package bench

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// media measures a briefing with picture and sound: sites that see and hear who has the
// floor, while reports arrive and boards are watched, a tenth of what live has.
func (b *bench) media(ctx context.Context) (err error) {
	h, err := openHall(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.fill(ctx, b.Sites); err != nil {
		return err
	}
	c, err := h.carry(func() error {
		return b.watch(ctx, "media.board", max(1, b.Screens/10), max(1, b.Rate/10), b.Time)
	})
	if err != nil {
		return err
	}
	memory, err := resident(h.media.Process())
	if err != nil {
		return err
	}
	b.tell("media.memory", memory, "MiB of its process")
	b.tellCarried("media", c)
	return nil
}

// most is how many times as many sites are tried as asked for, loses how many of a
// hundred packets may be lost before it is called the end.
const (
	most  = 10
	loses = 1
)

// mediaLimit measures where it ends: more and more sites, until packets are lost or sites
// dropped.
func (b *bench) mediaLimit(ctx context.Context) (err error) {
	h, err := openHall(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	held := 0
	for times := 1; times <= most; times++ {
		if err := h.fill(ctx, times*b.Sites); err != nil {
			b.Say(err.Error())
			break
		}
		c, err := h.carry(func() error {
			select {
			case <-time.After(b.Time / 6):
			case <-ctx.Done():
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
		b.tellCarried(fmt.Sprintf("media-limit.%d", c.sites), c)
		if c.loss() > loses || c.dropped > 0 || c.seeing < c.sites || c.hearing < c.sites {
			break
		}
		held = c.sites
	}
	b.tell("media-limit.held", float64(held), "sites")
	return nil
}

func (b *bench) tellCarried(name string, c carried) {
	b.tell(name+".sites", float64(c.sites), "sites")
	b.tell(name+".seeing", float64(c.seeing), "sites that see who has the floor")
	b.tell(name+".hearing", float64(c.hearing), "sites that hear it")
	b.tell(name+".dropped", float64(c.dropped), "sites")
	b.tell(name+".loss", c.loss(), "% of packets, after what was sent again")
	b.tell(name+".rate", c.rate, "packets/s to all sites")
	b.tell(name+".processor", 100*c.processor, "% of one core for the media process")
}
