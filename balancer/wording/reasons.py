"""What is wrong with a field of a request: the `why` of the refusals `invalid_field` and `qr_text`."""

from __future__ import annotations

from balancer.wording.rooms import Sentences

REASONS = Sentences("reasons")

NEEDED = REASONS.add("needed", "обов’язкове", "is required")
UNKNOWN_FIELD = REASONS.add("unknown_field", "такого поля тут немає", "is not a field of this request")
CONTROL = REASONS.add("control", "містить керівні знаки", "contains control characters")
EXPECTED = REASONS.add("expected", "очікується {expected}", "Expected {expected}")
EXPECTED_GOT = REASONS.add(
    "expected_got", "очікується {expected}, а є {got}", "Expected {expected}, got {got}"
)
OF_LENGTH = REASONS.add("of_length", "довжиною", "of length")
OR = REASONS.add("or", "або", "or")
UNREADABLE = REASONS.add("unreadable", "нечитна назва", "not readable")
LONG_OR_UNREADABLE = REASONS.add("long_or_unreadable", "задовге або нечитне", "too long or unreadable")
EMPTY_OR_UNREADABLE = REASONS.add("empty_or_unreadable", "порожній або нечитний", "empty or not readable")
TOO_LONG = REASONS.add("too_long", "довший за {most} знаків", "longer than {most} characters")

ONE_OF = REASONS.add("one_of", "відомі: {known}", "known are {known}")
WHOLE_NUMBER = REASONS.add("whole_number", "ціле число від 1 до {most}", "a whole number from 1 to {most}")
DEGREES = REASONS.add("degrees", "градуси від -{most} до {most}", "degrees from -{most} to {most}")
PLACE = REASONS.add("place", "потрібні градуси, як 50.0,36.2", "degrees like 50.0,36.2 are wanted")
MINUTES = REASONS.add("minutes", "потрібні хвилини, від 0 до 1440", "minutes from 0 to 1440 are wanted")
TIMES = REASONS.add(
    "times",
    "потрібен час, як 09:30,14:00, не більш як {most}",
    "times like 09:30,14:00 are wanted, at most {most}",
)
INSTANT = REASONS.add(
    "instant", "потрібен час RFC 3339 зі зсувом", "an RFC 3339 time with its offset is wanted"
)
DAYS_AHEAD = REASONS.add(
    "days_ahead", "від цієї хвилини до {days} днів уперед", "between now and {days} days from now"
)
PAST_DAY = REASONS.add(
    "past_day", "потрібна дата, не пізніша за сьогодні", "a date is wanted, today at the latest"
)
ONE_ARRIVAL = REASONS.add(
    "one_arrival",
    "потрібне одне з: minutes, arrival, lat і lon",
    "one of minutes, arrival, lat and lon is wanted",
)
ARRIVAL_WITHIN = REASONS.add(
    "arrival_within", "прибуття за {minutes} хв, не пізніше", "arrival within {minutes} min is wanted"
)
UNTIL_OR_MINUTES = REASONS.add("until_or_minutes", "або until, або minutes", "either until or minutes")
NUMBER_TOO = REASONS.add("number_too", "термінал вказує і номер", "is required of a kiosk beside arrived")

PUSH_SERVICE = REASONS.add(
    "push_service", "невідома служба сповіщень", "not a push service that this server knows"
)
PUSH_KEYS = REASONS.add("push_keys", "це не ключі браузера", "these are no keys of a browser")
PUSH_MANY = REASONS.add(
    "push_many", "забагато підписок на один талон", "too many subscriptions for one ticket"
)
OTHER_SERVER = REASONS.add(
    "other_server", "посилання веде на інший сервер", "the link leads to another server"
)
SECRET_BY_POST = REASONS.add("secret_by_post", "секрет надсилають методом POST", "a secret is sent with POST")
NO_LINK = REASONS.add("no_link", "неправильне посилання", "not a proper link")
