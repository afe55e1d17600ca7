package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"giaoban/internal/part/briefing"
)

// media measures a briefing with picture and sound: sites that see and hear who has the
// floor, while reports arrive and boards are watched, a tenth of what live has.
func (b *bench) media(ctx context.Context) (err error) {
	h, err := b.openHall(ctx, b.Sites)
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
	b.tellCarried("media", c)
	return nil
}

// steps is how many times as many sites are tried as asked for, at most.
const steps = 10

// mediaLimit measures where it ends: once as many sites, twice and so on, up to what a
// briefing may have, until packets are lost or sites dropped though the program made the
// picture smaller.
func (b *bench) mediaLimit(ctx context.Context) (err error) {
	most := min(steps*b.Sites, briefing.MostSites-2) // beside the host and who has the floor
	h, err := b.openHall(ctx, most)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	sharp, held := 0, 0
	for sites := min(b.Sites, most); ; sites = min(sites+b.Sites, most) {
		if err := h.fill(ctx, sites); err != nil {
			b.Say(err.Error())
			break
		}
		c, err := h.settled(ctx, b.Time/6)
		if err != nil {
			return err
		}
		b.tellCarried(fmt.Sprintf("media-limit.%d", c.Sites), c)
		if !c.whole() {
			break
		}
		if held = c.Sites; c.Sharp == c.Sites {
			sharp = c.Sites
		}
		if sites == most {
			break
		}
	}
	b.tell("media-limit.sharp", float64(sharp), "sites that all have 720 lines")
	b.tell("media-limit.held", float64(held), "sites")
	return nil
}

// settled is what the hall carries once the program has made of it what it can: the first
// while in which nothing had to give way and all was whole, or the third.
func (h *hall) settled(ctx context.Context, long time.Duration) (c carried, err error) {
	for range 3 {
		before := h.word.step()
		c, err = h.carry(func() error { return pause(ctx, long) })
		if err != nil || c.whole() && c.step == before {
			return c, err
		}
	}
	return c, nil
}

func (b *bench) tellCarried(name string, c carried) {
	b.tell(name+".sites", float64(c.Sites), "sites")
	b.tell(name+".seeing", float64(c.Seeing), "sites that see who has the floor")
	b.tell(name+".hearing", float64(c.Hearing), "sites that hear it")
	b.tell(name+".sharp", float64(c.Sharp), "sites that have it with 720 lines")
	b.tell(name+".slowest", c.Slowest, "frames/s at the site with the fewest")
	b.tell(name+".dropped", float64(c.Dropped), "sites")
	b.tell(name+".loss", c.loss(), "% of packets, after what was sent again")
	b.tell(name+".rate", float64(c.Sent)/c.seconds, "packets/s to all sites")
	b.tell(name+".bits", c.Bits/c.seconds/1e6, "Mbit/s to all sites")
	b.tell(name+".step", float64(c.step), "layers below the largest that the program has all take")
	b.tell(name+".stills", float64(c.Stills), "stills fetched for the strip")
	b.tell(name+".stills.max", float64(c.Late.Milliseconds()), "ms to send the own still and fetch the others'")
	b.tell(name+".processor", 100*c.carrier, "% of one core for the media process")
	b.tell(name+".memory", c.carrierMemory, "MiB of the media process")
	b.tell(name+".clients", 100*c.clients, "% of one core for the sites' clients")
	b.tell(name+".clients.memory", c.clientsMemory, "MiB of them")
	b.tell(name+".program", 100*c.program, "% of one core for the program, who has the floor and who reports")
}
