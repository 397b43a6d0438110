"""Web Push as one process runs it, put together; nothing at all where the settings name no contact."""

from __future__ import annotations

from dataclasses import dataclass

from balancer.core.connect import Store
from balancer.core.push_book import PushBook
from balancer.live.city_feed import CityFeed
from balancer.notices.sender import PushSender
from balancer.notices.web_push import WebPush, fresh_key
from balancer.settings import Settings


@dataclass(frozen=True)
class Pushing:
    """Web Push of one process."""

    book: PushBook
    web_push: WebPush
    sender: PushSender


async def pushing(settings: Settings, store: Store, city: str, feed: CityFeed) -> Pushing | None:
    """Book, key and sender; ValueError where the contact is none that a push service could write to."""
    contact = settings.push_contact
    if not contact:
        return None
    if not contact.startswith(("mailto:", "https:")):
        raise ValueError("--push-contact is an address as mailto:help@city.example or https://city.example")
    book = PushBook(store.writer, city)
    web_push = WebPush(await book.server_key(fresh_key()), contact, settings.push_services)
    sender = PushSender(feed, lambda ticket: feed.picture.board.tickets.get(ticket), book, web_push)
    return Pushing(book, web_push, sender)
