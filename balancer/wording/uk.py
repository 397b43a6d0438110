"""What the server says in Ukrainian."""

from __future__ import annotations

from balancer.wording.words import Words

UK = Words(
    centre="ЦНАП",
    title="Де найшвидше?",
    title_for="{service}: де найшвидше?",
    description_for="{service}: скільки чекати в кожному підрозділі ЦНАП {city} просто зараз.",
    description="Скільки чекати в кожному підрозділі ЦНАП {city} просто зараз: черги наживо, {n}.",
    caption="Черги о {time}",
    branch="Підрозділ",
    wait="Чекати",
    waiting="У черзі",
    desks="Працює місць",
    service="Послуга",
    any_service="Оберіть послугу",
    show="Показати",
    minutes="{low}–{high} хв",
    up_to_minutes="до {high} хв",
    unknown="невідомо",
    open_desks="{n} з {m}",
    open_now="приймає",
    no_fresh_data="Свіжих даних немає.",
    closed="Зачинено",
    closed_until="Зачинено до {when}",
    after_all_clear="Тривога: після відбою",
    resumes_at="Тривога: прийом з {when}",
    paused="Прийом призупинено",
    no_power="Немає світла",
    no_tickets="Талонів на сьогодні немає",
    demo="демо",
    contact="Довідка",
    not_here="Послуга тут недоступна: {names}.",
    people={"one": "{n} підрозділ", "few": "{n} підрозділи", "other": "{n} підрозділів"},
    skip="До черг",
    how="Звідки ми знаємо, скільки чекати",
    test_city="Демо",
    calendar_title="ЦНАП: талон {number}",
    calendar_text=(
        "{service}. Виклик орієнтовно {low}–{high}, навряд чи раніше {early}. "
        "Час уточнюється на сторінці талона."
    ),
    calendar_leave="Вийдіть о {leave}.",
    calendar_alarm="Час виходити: талон {number}",
    place="{zone}, поверх {floor}",
    push_called="{desk}",
    push_called_text="Талон {number}: вас запрошують.",
    push_recalled_text="Талон {number}: повторний виклик.",
    push_leave="Час виходити",
    push_leave_text="Талон {number}: скоро ваша черга.",
)
