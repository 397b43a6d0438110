"""Every refusal in one table: stable code → HTTP status, socket close code, text in Ukrainian and English.

The two texts are also the room `problems` of a further language's file.

    BalancerError
    ├── Refused            the command was understood and refused; nothing changed
    │   └── StaleVersion   somebody was faster: carries the current state
    ├── StoreUnavailable   the store did not answer; nothing is known to have happened
    └── Unconfirmed        the command may or may not have happened: repeat under the same key
"""

from __future__ import annotations

from typing import Any, NamedTuple

from balancer.wording.languages import FALLBACKS, Language, language_in, local
from balancer.wording.rooms import Sentence, Sentences


class Problem(NamedTuple):
    """One row of the table. `close` is the socket close code where the refusal ends a socket, else None.

    `uk` and `en` are the detail with its parameters in braces. The title is the detail up to its first
    parameter; where that reads badly the row has its own `titles` (uk, en).
    """

    status: int
    uk: str
    en: str
    close: int | None = None
    titles: tuple[str, str] | None = None


SHOWN_MAX = 300

PROBLEMS: dict[str, Problem] = {
    # the request itself
    "malformed_json": Problem(400, "Тіло запиту не є правильним JSON: {why}", "The body is not valid JSON: {why}", 1007),
    "invalid_field": Problem(422, "Поле {field}: {why}", "Field {field}: {why}", titles=("Поле заповнене неправильно", "A field is not valid")),
    "body_too_large": Problem(413, "Тіло запиту більше за {limit} байтів", "The body is larger than {limit} bytes", 1009, titles=("Тіло запиту завелике", "The body is too large")),
    "body_too_slow": Problem(408, "Тіло запиту надходило надто довго", "The body took too long to arrive"),
    "unsupported_media_type": Problem(415, "Надішліть application/json", "Send application/json"),
    "unknown_frame": Problem(400, "Невідоме повідомлення", "Unknown frame", 1003),
    "not_found": Problem(404, "Такої адреси немає", "No such address"),
    "method_not_allowed": Problem(405, "Цей метод тут не працює", "Method not allowed here"),
    "idempotency_key_missing": Problem(400, "Потрібен заголовок Idempotency-Key", "Idempotency-Key header is needed"),
    "idempotency_key_invalid": Problem(400, "Idempotency-Key: 8–128 видимих знаків ASCII", "Idempotency-Key: 8–128 visible ASCII characters"),
    "idempotency_key_reused": Problem(422, "Цей Idempotency-Key вже вжито для іншого запиту", "This Idempotency-Key was used for another request"),
    "if_match_invalid": Problem(400, "If-Match має бути номером версії", "If-Match must be a version number"),
    # who asks
    "token_missing": Problem(401, "Потрібен ключ доступу", "An access token is needed"),
    "token_invalid": Problem(401, "Ключ доступу недійсний або відкликаний", "The access token is not valid or was revoked"),
    "secret_invalid": Problem(403, "Секрет не від цього талона чи повідомлення", "The secret does not open this"),
    "forbidden": Problem(403, "Роль {role} не може виконати {action} тут", "Role {role} may not {action} here", titles=("Цій ролі це заборонено", "This role may not do this")),
    "origin_forbidden": Problem(403, "Ця сторінка не може відкрити службовий канал", "This origin may not open a staff channel", 4503),
    # what is asked for
    "unknown_city": Problem(404, "Невідоме місто: {city}", "Unknown city: {city}"),
    "unknown_branch": Problem(404, "Невідомий підрозділ: {branch}", "Unknown branch: {branch}"),
    "unknown_service": Problem(404, "Невідома послуга: {service}", "Unknown service: {service}"),
    "unknown_queue": Problem(404, "Невідома черга: {queue}", "Unknown queue: {queue}"),
    "unknown_desk": Problem(404, "Невідоме робоче місце: {desk}", "Unknown desk: {desk}"),
    "unknown_ticket": Problem(404, "Невідомий талон", "Unknown ticket"),
    "ticket_over": Problem(409, "Талон {number} уже завершено, друкувати нічого", "Ticket {number} is over, there is nothing to print"),
    "ticket_gone": Problem(410, "Талон більше не зберігається", "The ticket is no longer kept"),
    "wait_unknown": Problem(409, "Час виклику цього талона зараз невідомий", "When this ticket will be called is not known now"),
    "push_off": Problem(409, "Цей сервер не надсилає сповіщень", "This server sends no notices"),
    "unknown_intent": Problem(404, "Невідоме повідомлення про прихід", "Unknown intent"),
    "unknown_device": Problem(404, "Невідомий пристрій", "Unknown device"),
    "help_over": Problem(409, "Допомога тут уже не потрібна", "Nobody waits for help here any more"),
    "device_code_unknown": Problem(404, "Такого коду на екранах цього підрозділу немає. Перевірте літери або дочекайтеся нового коду", "No screen of this branch shows that code. Check the letters, or wait for a new code"),
    "qr_text": Problem(422, "Цей текст не для QR-коду: {why}", "This text cannot be a QR code: {why}"),
    "unknown_verb": Problem(404, "Невідома дія: {verb}", "Unknown verb: {verb}"),
    "unknown_priority_class": Problem(422, "Невідома пільгова категорія: {priority}", "Unknown priority class: {priority}"),
    "service_not_offered": Problem(409, "Послуга тут недоступна", "Not offered here"),
    # the branch
    "branch_closed": Problem(409, "Підрозділ зачинено", "The branch is closed"),
    "branch_paused": Problem(409, "Прийом призупинено. Місця в черзі збережено", "Service is paused. Places are kept"),
    "tickets_closed": Problem(409, "Талонів на сьогодні немає", "No tickets left today"),
    "no_room_today": Problem(409, "Сьогодні вже не встигнемо прийняти: зачиняємося о {closes_at}", "There is no room left today: we close at {closes_at}", titles=("Сьогодні вже не встигнемо прийняти", "There is no room left today")),
    "service_suspended": Problem(409, "Цю послугу тимчасово зупинено. Місця в черзі збережено", "This service is suspended for now. Places are kept"),
    "no_power": Problem(409, "Немає світла: ця послуга тимчасово недоступна", "No power: this service is not available now"),
    "remote_tickets_off": Problem(403, "Талон можна взяти лише на місці", "Tickets are given out at the branch only"),
    "branch_state": Problem(409, "Стан підрозділу цього не дозволяє: {state}", "The branch's state does not allow this: {state}"),
    "tickets_in_hand": Problem(409, "На робочих місцях ще приймають: {count}", "Desks still have tickets in hand: {count}"),
    # the desk
    "desk_closed": Problem(409, "Робоче місце зачинено", "The desk is closed"),
    "desk_paused": Problem(409, "Робоче місце на перерві", "The desk is on a break"),
    "desk_state": Problem(409, "Стан робочого місця цього не дозволяє: {state}", "The desk's state does not allow this: {state}"),
    "desk_busy": Problem(409, "На робочому місці вже є талон", "The desk has a ticket in hand"),
    "no_ticket_in_hand": Problem(409, "На робочому місці немає талона", "The desk has no ticket in hand"),
    "not_your_ticket": Problem(409, "Талон на іншому робочому місці", "The ticket is at another desk"),
    "skill_missing": Problem(409, "Це робоче місце не обслуговує цю чергу", "This desk does not serve that queue"),
    # the ticket
    "wrong_state": Problem(409, "Талон у стані {state}", "The ticket is {state}", titles=("Стан талона цього не дозволяє", "The ticket's state does not allow this")),
    "stale_version": Problem(409, "Хтось уже змінив це. Ось поточний стан", "Somebody changed this first. Here is the current state"),
    "recalls_exhausted": Problem(409, "Повторних викликів більше немає", "No recalls left"),
    "recall_too_soon": Problem(409, "Повторний виклик можливий за {seconds} с", "Recall is possible in {seconds} s", titles=("Повторний виклик ще зарано", "Too soon to recall")),
    "legs_pending": Problem(409, "Залишилися послуги: {count}", "Services left: {count}"),
    "no_legs_left": Problem(409, "Більше послуг немає", "No services left"),
    "slip_unknown": Problem(409, "Номер {number} не з виданих на сьогодні: попросіть нові номери", "Number {number} was not leased today: ask for a new range", titles=("Номер не з виданих на сьогодні", "The number was not leased today")),
    "slip_used": Problem(409, "Номер {number} уже має талон", "Number {number} is a ticket already", titles=("Номер уже має талон", "The number is a ticket already")),
    "already_paying": Problem(409, "Оплата вже триває", "The visitor is paying already"),
    "not_paying": Problem(409, "Оплату не розпочато", "No payment has begun"),
    "reinstate_too_late": Problem(409, "Час на поновлення минув", "It is too late to reinstate"),
    "same_place": Problem(409, "Талон уже там", "The ticket is already there"),
    # visitors on their way
    "intent_ended": Problem(409, "Повідомлення про прихід уже не діє: {state}", "The intent has ended: {state}"),
    "too_many_intents": Problem(429, "З цієї адреси вже повідомлено про прихід: {most}", "Intents already announced from this address: {most}"),
    # the city file
    "would_strand": Problem(409, "Зміна лишила б людей без черги: {why}", "The change would strand tickets: {why}"),
    # the service itself
    "rate_limited": Problem(429, "Забагато запитів, спробуйте за {seconds} с", "Too many requests, try in {seconds} s", titles=("Забагато запитів", "Too many requests")),
    "overloaded": Problem(503, "Сервер перевантажений, спробуйте за {seconds} с", "The server is overloaded, try in {seconds} s", 4013, titles=("Сервер перевантажений", "The server is overloaded")),
    "draining": Problem(503, "Сервер перезапускається", "The server is restarting", 4012),
    "store_unavailable": Problem(503, "Сховище не відповідає. Нічого не втрачено, спробуйте ще", "The store does not answer. Nothing is lost, try again"),
    "unconfirmed": Problem(503, "Ще не підтверджено. Повторіть із тим самим ключем", "Not confirmed yet. Repeat under the same key"),
    "store_full": Problem(507, "На сервері немає місця. Талони тимчасово не видаються", "The server's disk is full. No tickets can be issued now"),
    "archive_off": Problem(404, "Цей сервер не веде архіву", "This server keeps no archive"),
    "archive_unavailable": Problem(503, "База архіву не відповідає: {why}", "The archive's database does not answer: {why}"),
    "archive_schema": Problem(503, "База архіву має іншу схему: {why}", "The archive's database has another schema: {why}"),
    "archive_not_empty": Problem(409, "У базі архіву вже є місто {city}", "The archive's database already holds the city {city}"),
    "events_file": Problem(422, "Файл подій, рядок {line}: {why}", "Events file, line {line}: {why}", titles=("Файл подій пошкоджено", "The events file is damaged")),
    "history_empty": Problem(409, "Історії ще немає: немає жодного відвідування", "There is no history yet: nobody has come"),
    "planner_busy": Problem(503, "Розрахунки зайняті, спробуйте за {seconds} с", "The planner is busy, try in {seconds} s", titles=("Розрахунки зайняті", "The planner is busy")),
    "internal_error": Problem(500, "Внутрішня помилка", "Internal error"),
}


DETAILS, TITLES = Sentences("problems"), Sentences("problem_titles")
for _code, _row in PROBLEMS.items():
    DETAILS.add(_code, _row.uk, _row.en)
    if _row.titles:
        TITLES.add(_code, *_row.titles)


def title_of(code: str, language: Language) -> str:
    """What kind of problem this is: the same for every occurrence."""
    if PROBLEMS[code].titles:
        return TITLES.of(language)[code]
    title = DETAILS.of(language)[code].partition("{")[0].rstrip(" :(,")
    return title or title_of(code, FALLBACKS.get(language, "uk"))


class BalancerError(Exception):
    """Base of all. `code` is a row of PROBLEMS; `params` fill its text; `state` is the current state to show.
    """

    def __init__(self, code: str, *, state: dict[str, Any] | None = None, **params: Any) -> None:
        self.code = code
        self.params = params
        self.state = state
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """The refusal in a language, with its parameters filled in; a parameter may be {"uk": …, "en": …}
        itself. `Borrowed` where the language lacks it.
        """
        template = DETAILS.of(language)[self.code]
        spoken = language_in(template, language)
        try:
            return template.format(**{name: shown(value, spoken) for name, value in self.params.items()})
        except KeyError:
            return title_of(self.code, language)


def shown(value: Any, language: Language) -> str:
    """A parameter as people may see it: in their language, without control characters, at most SHOWN_MAX
    long.
    """
    text = str(local(value, language) if isinstance(value, dict) else value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: SHOWN_MAX + 1])
    return text if len(text) <= SHOWN_MAX else text[:SHOWN_MAX] + "…"


def wrong_field(field: str, why: Sentence, **values: object) -> BalancerError:
    """The refusal of a field of a request: one of `balancer.wording.reasons`, with its values filled in."""
    return BalancerError("invalid_field", field=field, why=why.everywhere(**values))


class Refused(BalancerError):
    """The command was understood and refused; nothing changed."""


class StaleVersion(Refused):
    """Somebody was faster; `state` holds the ticket or desk as it is now."""


class StoreUnavailable(BalancerError):
    """The store could not be reached before anything was sent."""


class Unconfirmed(BalancerError):
    """Sent, but no answer came (or no replica has it): the outcome is unknown; repeat under the same key."""
