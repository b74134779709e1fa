use crate::{TaskAction, TaskStatus};

/// Where a step leads from where a task stands; `None` when it cannot be taken. `well` is what an inspection finds, and
/// whether an assignment is to somebody; other steps do not look at it.
pub(crate) fn step(status: TaskStatus, action: TaskAction, well: bool) -> Option<TaskStatus> {
    use TaskStatus::{Assigned, Done, InProgress, Inspected, Open};
    match (action, status, well) {
        (TaskAction::Assign, Open | Assigned, true) => Some(Assigned),
        (TaskAction::Assign, Open | Assigned, false) => Some(Open),
        // Somebody else goes on.
        (TaskAction::Assign, InProgress, true) => Some(InProgress),
        (TaskAction::Start, Open | Assigned, _) => Some(InProgress),
        (TaskAction::Done, InProgress, _) => Some(Done),
        (TaskAction::Inspect, Done, true) => Some(Inspected),
        (TaskAction::Inspect, Done, false) => Some(Open),
        (TaskAction::Reopen, Done | Inspected, _) => Some(Open),
        _ => None,
    }
}

/// The steps a task can take from where it stands.
pub(crate) fn allowed(status: TaskStatus) -> Vec<TaskAction> {
    let all = TaskAction::ALL.iter().copied();
    all.filter(|action| step(status, *action, true).is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_a_task_and_no_other() {
        use TaskAction::{Assign, Done, Inspect, Reopen, Start};
        assert_eq!(allowed(TaskStatus::Open), [Assign, Start]);
        assert_eq!(allowed(TaskStatus::Assigned), [Assign, Start]);
        assert_eq!(allowed(TaskStatus::InProgress), [Assign, Done]);
        assert_eq!(allowed(TaskStatus::Done), [Inspect, Reopen]);
        assert_eq!(allowed(TaskStatus::Inspected), [Reopen]);
    }

    #[test]
    fn what_does_not_pass_is_open_again() {
        let refused = step(TaskStatus::Done, TaskAction::Inspect, false);
        assert_eq!(refused, Some(TaskStatus::Open));
        let unassigned = step(TaskStatus::InProgress, TaskAction::Assign, false);
        assert_eq!(unassigned, None, "who is at it cannot be nobody");
    }
}
