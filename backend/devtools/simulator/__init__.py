"""The payment simulator: a server on loopback that answers as Stripe does, with money of nobody's.

    python -m devtools.simulator PORT [--state FILE] [--webhook URL --secret SECRET --key KEY]

It covers what Mungchi asks of Stripe and refuses what Stripe would refuse: parameters are checked
against the typed parameters of the official library. It is never part of the image.

`typed` parameters, `forms` how they travel, `world` the objects, `cards` what a method does,
`intents`, `checkout`, `money`, `lists` what is asked of them, `api` addresses and idempotency,
`faults` what goes wrong on purpose, `webhooks` events on their way, `pages` what a person sees,
`control` what a test asks, `server` the wire.
"""
