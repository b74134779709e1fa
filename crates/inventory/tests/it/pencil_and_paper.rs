use motel_inventory::commands::{give_back_nights, take_nights};
use motel_inventory::{InventoryError, queries};
use motel_kernel::StayDates;

use crate::{Motel, day, stay};

/// What a clerk with pencil and paper would write: units sold per night.
struct Paper([u32; 30]);

impl Paper {
    const CAPACITY: u32 = 3;

    fn nights(&mut self, stay: StayDates) -> &mut [u32] {
        let first = usize::try_from((stay.arrival() - day(0)).num_days()).unwrap();
        &mut self.0[first..first + stay.night_count() as usize]
    }

    fn take(&mut self, stay: StayDates) -> bool {
        let fits = self.nights(stay).iter().all(|sold| *sold < Self::CAPACITY);
        if fits {
            self.nights(stay).iter_mut().for_each(|sold| *sold += 1);
        }
        fits
    }
}

/// Numbers that look random and are the same in every run.
fn scattered(seed: &mut u64, below: u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % below
}

#[tokio::test(flavor = "multi_thread")]
async fn four_hundred_sales_and_cancellations_agree_with_pencil_and_paper() {
    let motel = Motel::open().await;
    let king = motel.rooms.king_suite.id;
    let (mut paper, mut seed, mut held) = (Paper([0; 30]), 20_261_121, Vec::new());
    let mut tx = motel.tx().await;

    for _ in 0..400 {
        if !held.is_empty() && scattered(&mut seed, 3) == 0 {
            let at = usize::try_from(scattered(&mut seed, held.len() as u64)).unwrap();
            let stay = held.swap_remove(at);
            give_back_nights(&mut tx, king, stay).await.unwrap();
            paper.nights(stay).iter_mut().for_each(|sold| *sold -= 1);
            continue;
        }
        let first = scattered(&mut seed, 25);
        let nights = 1 + scattered(&mut seed, (30 - first).min(7));
        let wanted = stay(first, u32::try_from(nights).unwrap());
        match take_nights(&mut tx, king, wanted).await {
            Ok(()) => {
                assert!(paper.take(wanted), "sold {wanted:?} twice");
                held.push(wanted);
            }
            Err(InventoryError::SoldOut { night }) => {
                let full = wanted
                    .nights()
                    .zip(paper.nights(wanted).iter())
                    .find(|(_, sold)| **sold == Paper::CAPACITY);
                assert_eq!(full.map(|(night, _)| night), Some(night));
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    let free = queries::free_per_night(&tx, motel.property.id, stay(0, 30))
        .await
        .unwrap();
    let (_, nights) = free.iter().find(|(group, _)| group.id == king).unwrap();
    let left: Vec<_> = nights.iter().map(|night| night.free).collect();
    assert_eq!(left, paper.0.map(|sold| Paper::CAPACITY - sold));
    assert!(
        left.contains(&0),
        "the month never filled up, so nothing was tried"
    );
}
